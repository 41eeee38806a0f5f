package com.convmerge.report;

import java.util.Locale;

/** Collects a text for a person, line by line. Numbers are formatted in the same way on every machine. */
public final class TextLines {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line; {@code format} and {@code values} are those of {@link String#format(String, Object...)}. */
    @SuppressWarnings("AnnotateFormatMethod")
    public TextLines add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
