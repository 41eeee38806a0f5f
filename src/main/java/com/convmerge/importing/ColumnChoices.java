package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.OneLine;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an operator says about the columns of a file.
 *
 * @param chosen the title of each column that was named
 * @param ignored the titles of columns that mean nothing here
 */
public record ColumnChoices(Map<Column, String> chosen, Set<String> ignored) {
    /** Nothing is said. */
    public static final ColumnChoices NONE = new ColumnChoices(Map.of(), Set.of());

    private static final String IGNORE = "ignore";

    /** Reads {@code parent=Main ticket} or {@code ignore=Notes}; throws {@link ConfigurationProblem} for anything else. */
    public static ColumnChoices of(List<String> options) {
        Map<Column, String> chosen = new EnumMap<>(Column.class);
        Set<String> ignored = new LinkedHashSet<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = option.substring(0, Math.max(0, equals)).strip();
            String title = option.substring(equals + 1).strip();
            Optional<Column> column = ColumnTitles.sure(name);
            if (equals < 0 || title.isEmpty() || (column.isEmpty() && !name.equalsIgnoreCase(IGNORE))) {
                throw new ConfigurationProblem("--column is \"" + OneLine.exact(option, 60)
                        + "\"; expected NAME=TITLE, where NAME is one of " + names() + " or " + IGNORE
                        + ", and TITLE stands in the file's header, such as: --column parent='Main ticket'");
            }
            checkNotChosen(title, column.map(Column::title).orElse(IGNORE), chosen, ignored);
            if (column.isEmpty()) {
                ignored.add(title);
            } else if (chosen.put(column.get(), title) != null) {
                throw new ConfigurationProblem(
                        "--column names " + column.get().title() + " twice; it can be one column");
            }
        }
        return new ColumnChoices(chosen, ignored);
    }

    /** Throws if a title has a meaning already: a column of the file can be one thing only. */
    private static void checkNotChosen(String title, String name, Map<Column, String> chosen, Set<String> ignored) {
        Optional<String> before = chosen.entrySet().stream()
                .filter(choice -> isSame(choice.getValue(), title))
                .map(choice -> choice.getKey().title())
                .findFirst()
                .or(() -> ignored.stream()
                        .filter(other -> isSame(other, title))
                        .map(other -> IGNORE)
                        .findFirst());
        before.filter(other -> !other.equals(name)).ifPresent(other -> {
            throw new ConfigurationProblem("--column says that \"" + OneLine.exact(title, 60) + "\" is both " + other
                    + " and " + name + "; it can be one of them");
        });
    }

    /** The column for which this title was chosen. */
    Optional<Column> chosenFor(String title) {
        return chosen.entrySet().stream()
                .filter(choice -> isSame(choice.getValue(), title))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean ignores(String title) {
        return ignored.stream().anyMatch(other -> isSame(other, title));
    }

    /** The option that says that a title means a column. */
    static String option(Column column, String title) {
        return "--column " + column.title() + "=" + quoted(title);
    }

    /** The option that says that a title means nothing here. */
    static String ignoring(String title) {
        return "--column " + IGNORE + "=" + quoted(title);
    }

    private static String quoted(String title) {
        String quote = title.indexOf('\'') < 0 ? "'" : "\"";
        return quote + OneLine.exact(title, 60) + quote;
    }

    private static boolean isSame(String title, String other) {
        return ColumnTitles.key(title).equals(ColumnTitles.key(other));
    }

    private static String names() {
        return Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(", "));
    }
}
