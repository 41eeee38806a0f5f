package com.convmerge.report;

import com.convmerge.merge.OneLine;
import java.util.Arrays;
import java.util.Locale;

/**
 * Collects a text for a person, line by line. Numbers are formatted in the same way on every machine, and no value can begin a
 * line of its own or speak to the terminal, wherever it comes from.
 */
public final class TextLines {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line; {@code format} and {@code values} are those of {@link String#format(String, Object...)}. */
    @SuppressWarnings("AnnotateFormatMethod")
    public TextLines add(String format, Object... values) {
        Object[] shown = Arrays.stream(values).map(TextLines::shown).toArray();
        text.append(String.format(Locale.ROOT, format, shown)).append(System.lineSeparator());
        return this;
    }

    private static Object shown(Object value) {
        return value instanceof Number ? value : OneLine.exact(String.valueOf(value));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
