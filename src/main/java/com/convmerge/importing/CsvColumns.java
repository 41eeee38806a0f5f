package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The columns of a file.
 *
 * @param count how many fields a row has
 * @param positions where the columns that have a meaning are
 * @param ignored the names of the others, in their order
 */
record CsvColumns(int count, Map<Column, Integer> positions, List<String> ignored) {
    /** What a file must begin with. */
    static final String EXPECTED = "a header line with parent,duplicate and, if you like,"
            + " reason,requested_by,external_ref, separated by commas";

    private static final int LONGEST_SHOWN = 200;

    /** The columns that mean something. */
    enum Column {
        PARENT,
        DUPLICATE,
        REASON,
        REQUESTED_BY,
        EXTERNAL_REF;

        /** As it stands in the header. */
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern LOOKS_LIKE_NOTHING = Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");

    /** Of a file without a header. */
    static final CsvColumns NONE = new CsvColumns(0, Map.of(), List.of());

    /** The columns of a header; what is wrong with it goes to {@code errors}. */
    static CsvColumns of(List<String> header, long line, ImportErrors errors) {
        Map<Column, Integer> positions = new EnumMap<>(Column.class);
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            String title = bare(header.get(i));
            Column column = Arrays.stream(Column.values())
                    .filter(c -> c.title().equalsIgnoreCase(title))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                ignored.add(
                        title.isEmpty()
                                ? "number " + (i + 1) + " (without a name)"
                                : OneLine.exact(title, LONGEST_SHOWN));
            } else if (positions.put(column, i) != null) {
                errors.add(line, "the column " + column.title() + " is there twice" + expectedAndFound(header));
            }
        }
        for (Column needed : List.of(Column.PARENT, Column.DUPLICATE)) {
            if (!positions.containsKey(needed)) {
                errors.add(line, "there is no column " + needed.title() + expectedAndFound(header));
            }
        }
        return new CsvColumns(header.size(), positions, List.copyOf(ignored));
    }

    /** What stands in a column, without white space around it; empty if the file has no such column. */
    String text(Column column, List<String> fields) {
        Integer position = positions.get(column);
        return position == null ? "" : fields.get(position).strip();
    }

    /**
     * The same without any character at its ends that looks like nothing: a non-breaking space, a zero-width one, a byte order mark.
     * Web pages and spreadsheets leave them beside what is copied. For an id and for nothing else, because they cannot be part of one.
     */
    String bareText(Column column, List<String> fields) {
        return bare(text(column, fields));
    }

    private static String bare(String text) {
        return LOOKS_LIKE_NOTHING.matcher(text).replaceAll("");
    }

    private static String expectedAndFound(List<String> header) {
        String found = header.stream().map(String::strip).collect(Collectors.joining(","));
        return "; expected " + EXPECTED + "; found: " + OneLine.exact(found, LONGEST_SHOWN);
    }
}
