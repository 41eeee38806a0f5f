package com.convmerge.sandbox;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the text of HTML without its tags and entities. */
final class HtmlText {
    private static final String TAG_OR_ENTITY = "<[^>]*>|&[a-zA-Z0-9#]+;";

    private HtmlText() {}

    /** Replaces each match of a pattern that is part of the text. */
    static String replace(String html, String pattern, UnaryOperator<String> replacement) {
        Pattern all = Pattern.compile("(?<markup>" + TAG_OR_ENTITY + ")|" + pattern);
        return all.matcher(html).replaceAll(match -> Matcher.quoteReplacement(replaced(match, replacement)));
    }

    private static String replaced(MatchResult match, UnaryOperator<String> replacement) {
        return match.group(1) == null ? replacement.apply(match.group()) : match.group();
    }

    /** Puts something before and after a character in the middle of each word of at least four letters and digits. */
    static String insideWords(String html, String before, String after) {
        return replace(html, "[a-zA-Z0-9]{4,}", word -> {
            int middle = word.length() / 2;
            return word.substring(0, middle) + before + word.charAt(middle) + after + word.substring(middle + 1);
        });
    }

    /** Makes quotation marks and apostrophes curly: opening ones at the beginning of a word, closing ones elsewhere. */
    static String smartQuotes(String html) {
        String opened = replace(html, "(?<![\\p{L}\\p{N}.,!?])[\"']", HtmlText::opening);
        return replace(opened, "[\"']", quote -> quote.equals("\"") ? "\u201D" : "\u2019");
    }

    private static String opening(String quote) {
        return quote.equals("\"") ? "\u201C" : "\u2018";
    }
}
