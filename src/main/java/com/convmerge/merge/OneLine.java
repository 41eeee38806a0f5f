package com.convmerge.merge;

import java.util.regex.Pattern;

/**
 * Text from outside, made safe for a line of a message, a log or a report: a line break would forge a second line, an escape
 * sequence would reach the terminal, and a bidirectional mark would turn the text around.
 */
public final class OneLine {
    private static final Pattern SPACES = Pattern.compile("[\\s\\x{85}\\p{Zl}\\p{Zp}]+");

    /** Cc includes U+009B, which a terminal takes for ESC [; Cf includes the bidirectional marks. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

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
    public static String exact(String text, int longest) {
        return cut(INVISIBLE.matcher(text).replaceAll("?"), longest);
    }

    private static String cut(String line, int longest) {
        if (line.length() <= longest) {
            return line;
        }
        boolean splitsPair = Character.isHighSurrogate(line.charAt(longest - 1));
        return line.substring(0, splitsPair ? longest - 1 : longest) + "…";
    }
}
