package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a file.
 *
 * @param titles what stands in the header
 * @param positions where the columns that have a meaning are
 */
record Columns(List<String> titles, Map<Column, Integer> positions) {
    /** What a file must begin with. */
    static final String EXPECTED =
            "a header line with parent,duplicate and, if you like, reason,requested_by,external_ref,strategy";

    private static final int LONGEST_SHOWN = 200;
    private static final List<Column> NEEDED = List.of(Column.PARENT, Column.DUPLICATE);

    /** Of a file without a header. */
    static final Columns NONE = new Columns(List.of(), Map.of());

    /** The columns of a header. Of two that mean the same the first counts; {@link #check} says that there are two. */
    static Columns of(List<String> header, ColumnChoices choices) {
        List<String> titles = header.stream().map(SpreadsheetId::bare).toList();
        Map<Column, Integer> positions = new EnumMap<>(Column.class);
        for (int i = 0; i < titles.size(); i++) {
            int position = i;
            meaning(titles.get(i), choices).ifPresent(column -> positions.putIfAbsent(column, position));
        }
        return new Columns(titles, positions);
    }

    private static Optional<Column> meaning(String title, ColumnChoices choices) {
        Optional<Column> chosen = choices.chosenFor(title);
        return chosen.isPresent() || choices.ignores(title)
                ? chosen
                : ColumnTitles.sure(title).filter(column -> !choices.chosen().containsKey(column));
    }

    boolean isHeader() {
        return positions.keySet().containsAll(NEEDED);
    }

    /** How many of the titles are, or may be, meant. */
    long known() {
        return titles.stream()
                .filter(title -> positions.containsValue(titles.indexOf(title))
                        || ColumnTitles.misspelt(title).isPresent()
                        || ColumnTitles.hinted(title).isPresent())
                .count();
    }

    /** Adds to {@code errors} what is wrong with the header, each with the option that says what is meant. */
    void check(long line, ColumnChoices choices, ImportErrors errors) {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            String title = titles.get(i);
            Optional<Column> column = meaning(title, choices);
            if (column.isPresent() && position(column.get()) != i) {
                errors.add(
                        line, "the column " + column.get().title() + " is there twice: " + twice(column.get(), title));
            } else if (column.isEmpty() && !title.isEmpty() && !choices.ignores(title)) {
                open.add(title);
            }
        }
        open.forEach(title -> question(title, choices).ifPresent(question -> errors.add(line, question)));
        List<String> free = open.stream()
                .filter(title -> question(title, choices).isEmpty())
                .toList();
        for (Column needed : NEEDED) {
            if (!positions.containsKey(needed) && !choices.chosen().containsKey(needed) && !isAsked(needed, open)) {
                errors.add(line, missing(needed, free));
            }
        }
        choices.chosen().forEach((column, title) -> {
            if (!positions.containsKey(column)) {
                errors.add(line, noTitle(title));
            }
        });
        choices.ignored().stream()
                .filter(title -> titles.stream()
                        .noneMatch(other -> ColumnTitles.key(other).equals(ColumnTitles.key(title))))
                .forEach(title -> errors.add(line, noTitle(title)));
    }

    private String twice(Column column, String second) {
        String first = titles.get(position(column));
        return ColumnTitles.key(first).equals(ColumnTitles.key(second))
                ? "rename or remove one of them" + found()
                : "say which one it is, such as: " + ColumnChoices.option(column, second) + found();
    }

    /** Whether a title that nobody has explained may mean one of the columns: its data must not just stay behind. */
    private Optional<String> question(String title, ColumnChoices choices) {
        return ColumnTitles.misspelt(title)
                .or(() -> ColumnTitles.hinted(title).filter(column -> !positions.containsKey(column)))
                .filter(column -> !choices.chosen().containsKey(column))
                .map(column -> "the column \"" + OneLine.exact(title, LONGEST_SHOWN) + "\" may be " + column.title()
                        + "; if it is, rename it or add " + ColumnChoices.option(column, title)
                        + "; if it is not, add " + ColumnChoices.ignoring(title));
    }

    private static boolean isAsked(Column needed, List<String> open) {
        return open.stream().anyMatch(title -> ColumnTitles.misspelt(title)
                .or(() -> ColumnTitles.hinted(title))
                .filter(needed::equals)
                .isPresent());
    }

    private String missing(Column needed, List<String> free) {
        String hint = free.isEmpty()
                ? "; expected " + EXPECTED
                : "; if another column is meant, say which one, such as: " + ColumnChoices.option(needed, free.get(0));
        return "there is no column " + needed.title() + hint + found();
    }

    private String noTitle(String title) {
        return "there is no column \"" + OneLine.exact(title, LONGEST_SHOWN) + "\", which --column names" + found();
    }

    private int position(Column column) {
        return positions.getOrDefault(column, -1);
    }

    private String found() {
        return "; found: " + OneLine.exact(String.join(",", titles), LONGEST_SHOWN);
    }

    int count() {
        return titles.size();
    }

    /** The names of the columns that mean nothing here, in their order. */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            if (!positions.containsValue(i)) {
                ignored.add(
                        titles.get(i).isEmpty()
                                ? "number " + (i + 1) + " (without a name)"
                                : OneLine.exact(titles.get(i), LONGEST_SHOWN));
            }
        }
        return ignored;
    }

    /** Which column was taken from where. */
    String understood() {
        return positions.entrySet().stream()
                .map(entry -> entry.getKey().title() + " from \""
                        + OneLine.exact(titles.get(entry.getValue()), LONGEST_SHOWN) + "\"")
                .collect(Collectors.joining(", "));
    }

    /** What stands in a column, without white space around it; empty if the file has no such column. */
    String text(Column column, List<String> fields) {
        int position = position(column);
        return position < 0 ? "" : fields.get(position).strip();
    }

    /** The conversation to which a column of a row links, whatever it shows. */
    Optional<String> link(Column column, FileRecord row) {
        return Optional.ofNullable(row.links().get(position(column)));
    }
}
