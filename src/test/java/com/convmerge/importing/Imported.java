package com.convmerge.importing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What becomes of a file.
 *
 * @param pairs parent and duplicate of each row that is fit
 * @param faults what an operator reads about the others
 * @param understood how the file was read
 * @param hiddenRows how many of its rows are not shown
 */
record Imported(List<String> pairs, List<String> faults, String understood, long hiddenRows) {
    private static final int MANY = 100_000;

    static Imported text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), "a.csv", ImportOptions.NONE);
    }

    static Imported excel(Xlsx file) {
        return of(file.bytes(), "a.xlsx", ImportOptions.NONE);
    }

    static Imported of(byte[] file, String name, ImportOptions options) {
        ImportErrors errors = new ImportErrors();
        FileRows rows = new FileRows(new ByteArrayInputStream(file), name, options, Inbox.any(), errors);
        List<String> pairs = errors.any()
                ? List.of()
                : rows.next(MANY).stream()
                        .map(row -> row.request().parent() + " " + row.request().duplicate())
                        .toList();
        return new Imported(
                pairs, errors.any() ? errors.of(name, "").lines() : List.of(), rows.understood(), rows.hiddenRows());
    }
}
