package com.convmerge.cli;

import com.convmerge.importing.ImportHistory.Undone;
import com.convmerge.importing.ImportResult;
import com.convmerge.merge.ImportEntry;
import com.convmerge.merge.OneLine;
import com.convmerge.report.RunReportText;
import com.convmerge.report.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;

/** What {@code import} says to people: of a file, with {@code --list} and with {@code --undo}. */
final class ImportList {
    private static final String COLUMNS = "%6s  %-23s  %9s  %s";

    private ImportList() {}

    /** The imports, each in two lines. */
    static TextLines of(List<ImportEntry> imports, BeanFactory beans) {
        TextLines lines = new TextLines();
        if (imports.isEmpty()) {
            return lines.add("Nothing was imported yet.");
        }
        RunReportText text = beans.getBean(RunReportText.class);
        lines.add(COLUMNS, "IMPORT", "AT", "ADDED", "FILE, AND WHERE ITS REQUESTS STAND");
        for (ImportEntry entry : imports) {
            lines.add(
                    COLUMNS,
                    entry.id(),
                    text.time(entry.importedAt()),
                    String.format("%,d", entry.added()),
                    OneLine.exact(entry.fileName()));
            lines.add("%44s%s", "", standing(entry, text));
        }
        return lines;
    }

    private static String standing(ImportEntry entry, RunReportText text) {
        List<String> parts = new ArrayList<>();
        if (entry.undoneAt() != null) {
            parts.add(entry.takenBack() + " taken back " + text.time(entry.undoneAt()));
        }
        entry.requests().forEach((status, count) -> parts.add(count + " " + status));
        if (entry.alreadyThere() > 0) {
            parts.add(entry.alreadyThere() + " were there already");
        }
        return parts.isEmpty() ? "no requests" : parts.stream().collect(Collectors.joining(", "));
    }

    /** What became of an import. */
    static List<String> describe(ImportResult result) {
        List<String> lines = new ArrayList<>();
        long hidden = result.hiddenRows();
        lines.add(result.understood()
                + (hidden == 0
                        ? ""
                        : " " + hidden + (hidden == 1 ? " of the rows is" : " of the rows are")
                                + " hidden or filtered out in the spreadsheet, and "
                                + (hidden == 1 ? "was" : "were") + " imported too."));
        boolean hasRows = result.added() + result.alreadyThere() > 0;
        lines.add("Import " + result.importId()
                + (hasRows
                        ? ": added " + result.added() + (result.added() == 1 ? " request; " : " requests; ")
                                + result.alreadyThere() + (result.alreadyThere() == 1 ? " was" : " were")
                                + " there already."
                        : ": nothing was added, because the file has a header and no row below it."));
        if (!result.ignoredColumns().isEmpty()) {
            lines.add("Ignored columns: " + String.join(", ", result.ignoredColumns()) + ".");
        }
        return lines;
    }

    /** What became of an undo. */
    static String describe(long importId, Undone undone) {
        List<String> stay = new ArrayList<>();
        if (undone.merged() > 0) {
            stay.add(undone.merged() + (undone.merged() == 1 ? " is" : " are") + " merged");
        }
        if (undone.begun() > 0) {
            stay.add(undone.begun() + (undone.begun() == 1 ? " is" : " are")
                    + " begun (a note may be on the duplicate)");
        }
        String taken = undone.takenBack() == 0
                ? "Nothing of import " + importId + " was taken back"
                : "Import " + importId + ": took back " + undone.takenBack()
                        + (undone.takenBack() == 1 ? " request" : " requests");
        return taken + (stay.isEmpty() ? "." : "; what stays: " + String.join(", ", stay) + ".");
    }
}
