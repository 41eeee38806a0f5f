package com.convmerge.merge;

import java.util.regex.Pattern;

/**
 * Text from outside, made safe for a message, a log, a report or a table: a line break would forge a second line, an escape
 * sequence would reach the terminal, a bidirectional mark would turn the text around, and an invisible character would make two
 * texts look the same that are not.
 */
public final class OneLine {
    private static final Pattern SPACES = Pattern.compile("[\\s\\x{85}\\p{Zl}\\p{Zp}]+");

    /**
     * Cc includes U+009B, which a terminal takes for ESC [; Cf includes the bidirectional marks; Cs are halves of a pair. The others
     * are letters and marks that Unicode lets everybody ignore: a joiner and the fillers of Hangul.
     */
    private static final String INVISIBLE_ONES =
            "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\x{34F}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}]";

    private static final Pattern INVISIBLE = Pattern.compile(INVISIBLE_ONES);
    private static final Pattern INVISIBLE_IN_LINES = Pattern.compile("(?!\t|\n|\r\n)" + INVISIBLE_ONES);

    private OneLine() {}

    /** The text with white space folded into single spaces, and each other control or format character shown as {@code ?}. */
    public static String of(String text) {
        return INVISIBLE.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("?");
    }

    /** The same, cut to {@code longest} characters with an ellipsis behind them. */
    public static String of(String text, int longest) {
        return cut(of(text), longest);
    }

    /** An id or the like, in which nothing is folded: each control or format character is shown as {@code ?}. */
    public static String exact(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
    }

    /** The same, cut to {@code longest} characters with an ellipsis behind them. */
    public static String exact(String text, int longest) {
        return cut(exact(text), longest);
    }

    /** A text of several lines, whose line breaks and tabs are meant: each other control or format character is shown as {@code ?}. */
    public static String lines(String text) {
        return INVISIBLE_IN_LINES.matcher(text).replaceAll("?");
    }

    private static String cut(String line, int longest) {
        if (line.length() <= longest) {
            return line;
        }
        boolean splitsPair = Character.isHighSurrogate(line.charAt(longest - 1));
        return line.substring(0, splitsPair ? longest - 1 : longest) + "…";
    }
}
