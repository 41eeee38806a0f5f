package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.OneLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the header among the first rows of a file: a title, a date or the like may stand before it. */
final class HeaderSearch {
    /** So far a header is looked for. */
    static final int ROWS = 20;

    /** So much like a header is a header. */
    static final int IS_HEADER = 100;

    private static final int LONGEST_SHOWN = 200;

    private HeaderSearch() {}

    /**
     * The header of a file.
     *
     * @param line where it stands; 0 if there is none
     */
    record Header(Columns columns, long line) {}

    /** How much a row is like a header. */
    static long likeness(FileRecord row, ColumnChoices choices) {
        Columns columns = Columns.of(row.fields(), choices);
        return columns.isHeader() ? IS_HEADER + columns.known() : columns.known();
    }

    /**
     * Reads up to the header and no further. What is wrong with it, or with what stands before it, goes to {@code errors}.
     *
     * @param name of the file, for messages
     */
    static Header find(Records records, String name, ColumnChoices choices, ImportErrors errors) throws IOException {
        List<FileRecord> before = new ArrayList<>();
        FileRecord row = records.next();
        while (row != null && before.size() < ROWS) {
            Columns columns = Columns.of(row.fields(), choices);
            if (columns.isHeader()) {
                before.stream()
                        .filter(FileRecord::looksLikeData)
                        .forEach(data -> errors.add(data.line(), "stands before the header and has a request in it"));
                columns.check(row.line(), choices, errors);
                return new Header(columns, row.line());
            }
            before.add(row);
            row = records.next();
        }
        if (before.isEmpty()) {
            throw new ConfigurationProblem(name + " is empty; expected " + Columns.EXPECTED);
        }
        notFound(before, records, choices, errors);
        return new Header(Columns.NONE, 0);
    }

    private static void notFound(List<FileRecord> rows, Records records, ColumnChoices choices, ImportErrors errors) {
        FileRecord first = rows.get(0);
        FileRecord likely = rows.stream()
                .filter(row -> likeness(row, choices) > 0)
                .max(Comparator.comparingLong((FileRecord row) -> likeness(row, choices))
                        .thenComparing(
                                Comparator.comparingLong(FileRecord::line).reversed()))
                .orElseGet(() -> rows.stream()
                        .filter(row -> row.fields().size() > 1)
                        .findFirst()
                        .orElse(first));
        String found = "; expected " + Columns.EXPECTED + "; found: "
                + OneLine.exact(String.join(",", likely.fields()), LONGEST_SHOWN);
        if (isHeaderInOne(likely, choices)) {
            errors.add(likely.line(), records.allInOne() + found);
        } else if (rows.stream().allMatch(row -> row.fields().size() == 1)) {
            errors.add(likely.line(), records.oneColumn() + found);
        } else if (likely.looksLikeData()) {
            errors.add(likely.line(), "has a request in it, and no header stands before it" + found);
        } else {
            Columns.of(likely.fields(), choices).check(likely.line(), choices, errors);
        }
    }

    /** Whether the only value of a row is a whole header. */
    private static boolean isHeaderInOne(FileRecord row, ColumnChoices choices) {
        return row.isAllInOne()
                && CsvRecords.SEPARATORS.stream()
                        .map(separator -> Pattern.quote(String.valueOf(separator)))
                        .map(separator -> List.of(row.fields().get(0).split(separator, -1)))
                        .anyMatch(titles -> Columns.of(titles, choices).isHeader());
    }
}
