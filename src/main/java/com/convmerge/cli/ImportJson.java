package com.convmerge.cli;

import com.convmerge.importing.ImportHistory.Undone;
import com.convmerge.importing.ImportResult;
import java.util.List;

/** What {@code import} prints for programs. The components are the fields, which are documented and stay as they are. */
final class ImportJson {
    private ImportJson() {}

    /**
     * An import that was made.
     *
     * @param id its number
     * @param fileName as it was given
     * @param alreadyThere rows whose request was there before, or further up in the file
     * @param hiddenRows rows among them that the spreadsheet program does not show
     * @param understood in one line, how the file was read
     * @param ignoredColumns columns that mean nothing here
     */
    record Made(
            long id,
            String fileName,
            long added,
            long alreadyThere,
            long hiddenRows,
            String understood,
            List<String> ignoredColumns) {
        static Made of(String fileName, ImportResult result) {
            return new Made(
                    result.importId(),
                    fileName,
                    result.added(),
                    result.alreadyThere(),
                    result.hiddenRows(),
                    result.understood(),
                    result.ignoredColumns());
        }
    }

    /**
     * An import that was taken back.
     *
     * @param id its number
     * @param takenBack requests that were deleted
     * @param merged requests that stay because they are merged
     * @param begun requests that stay because something of them was begun
     */
    record TakenBack(long id, long takenBack, long merged, long begun) {
        static TakenBack of(long id, Undone undone) {
            return new TakenBack(id, undone.takenBack(), undone.merged(), undone.begun());
        }
    }
}
