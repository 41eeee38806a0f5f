package com.convmerge.merge;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps out of messages what may be a secret: a token that somebody typed in the wrong place, or the password in a database's
 * address. What is only unlikely to be one, such as a mistyped word, a number or a file's name, is shown, because it tells what to
 * mend.
 */
public final class PossibleSecrets {
    /** Stands in a message for what may be a secret. */
    public static final String NOT_SHOWN = "(not shown: it may be a secret)";

    /** What is judged as a whole; an option and its value are two such parts. */
    private static final Pattern PART =
            Pattern.compile("(?<option>--?[A-Za-z.-]{1,60}=)?(?<part>[^\\s'\"\u201C\u201D()\\[\\]{},;]+)");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /** Nanoseconds since 1970 have 19 digits. */
    private static final Pattern HARMLESS_WORD = Pattern.compile("\\p{L}{1,16}|\\p{N}{1,20}");

    /** So many letters and digits in a mix, such as in {@code v2}, protect nothing. */
    private static final int HARMLESS_MIX = 8;

    /** Intercom's tokens are "tok:…" in base64. */
    private static final Pattern TOKEN = Pattern.compile("dG9r[A-Za-z0-9+/=_-]{4,}");

    private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("(?<=://)[^/\\s@]+:[^\\s@]+(?=@)");
    private static final Pattern NAMED_PASSWORD =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)\\s?=\\s?)(?!\\(not shown)[^\\s;&,'\"]+");

    private PossibleSecrets() {}

    /** A text that repeats what somebody typed, without each part of it that may be a secret. */
    public static String hideIn(String typed) {
        String shown = PART.matcher(typed)
                .replaceAll(part -> Matcher.quoteReplacement(
                        isHarmless(part.group(2))
                                ? part.group()
                                : (part.group(1) == null ? "" : part.group(1)) + NOT_SHOWN));
        return hideCredentials(shown);
    }

    /** Any message without Intercom's tokens, and without passwords in addresses, wherever they come from. */
    public static String hideCredentials(String message) {
        String withoutTokens = TOKEN.matcher(message).replaceAll(Matcher.quoteReplacement(NOT_SHOWN));
        String withoutLogins =
                PASSWORD_IN_ADDRESS.matcher(withoutTokens).replaceAll(Matcher.quoteReplacement(NOT_SHOWN));
        return NAMED_PASSWORD.matcher(withoutLogins).replaceAll("$1" + Matcher.quoteReplacement(NOT_SHOWN));
    }

    private static boolean isHarmless(String part) {
        int mixed = WORD.matcher(part)
                .results()
                .map(MatchResult::group)
                .filter(word -> !HARMLESS_WORD.matcher(word).matches())
                .mapToInt(String::length)
                .sum();
        return mixed <= HARMLESS_MIX && !TOKEN.matcher(part).find();
    }
}
