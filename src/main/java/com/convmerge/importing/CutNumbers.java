package com.convmerge.importing;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Notices a column whose numbers a spreadsheet has cut, and then written out: it keeps 15 digits and puts zeros in the place of the
 * others. One such id may be right; a column of nothing else is not.
 */
final class CutNumbers {
    /** Ids that differ count once. So many digits are zeros by chance in one of a thousand files. */
    private static final int ZEROS = 3;

    private static final int ROWS = 2;

    private final Map<Column, Seen> columns = new EnumMap<>(Column.class);

    /** The ids of a column so far. */
    private static final class Seen {
        private long line;
        private long rows;
        private long zeros;
        private boolean isRight;
        private final Set<String> ids = new HashSet<>();
    }

    /** Takes note of an id that stands in a row as a number; one in a link cannot have been cut. */
    void saw(Column column, long line, String id) {
        Seen seen = columns.computeIfAbsent(column, unseen -> new Seen());
        if (seen.isRight || id.length() <= SpreadsheetId.DIGITS_KEPT) {
            seen.isRight = true;
            return;
        }
        String cut = id.substring(SpreadsheetId.DIGITS_KEPT);
        seen.isRight = !cut.matches("0+");
        seen.line = seen.rows == 0 ? line : seen.line;
        seen.rows++;
        if (seen.zeros < ZEROS && seen.ids.add(id)) {
            seen.zeros += cut.length();
        }
    }

    /** Adds what is wrong with the columns; asked at the end of the file. */
    void addTo(ImportErrors errors) {
        columns.forEach((column, seen) -> {
            if (!seen.isRight && seen.rows >= ROWS && seen.zeros >= ZEROS) {
                errors.add(
                        seen.line,
                        column.title() + " ends in zeros behind its 15th digit, as in each of " + seen.rows + " rows: "
                                + SpreadsheetId.CUT_WAY_OUT);
            }
        });
    }
}
