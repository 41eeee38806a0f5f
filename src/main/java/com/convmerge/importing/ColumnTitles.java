package com.convmerge.importing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the titles of columns mean. Case, spaces and punctuation make no difference. */
final class ColumnTitles {
    private static final List<String> OF_A_CONVERSATION =
            List.of("", "id", "link", "url", "conversation", "conversationid", "conversationlink", "conversationurl");

    /** Only what cannot mean anything else: a 'Duplicate of' is the parent, and a requester may be a customer. */
    private static final Map<Column, List<String>> SURE = Map.of(
            Column.PARENT, each("parent"),
            Column.DUPLICATE, each("duplicate"),
            Column.REASON, List.of("reason"),
            Column.REQUESTED_BY, List.of("requestedby"),
            Column.EXTERNAL_REF, List.of("externalref", "externalreference"),
            Column.STRATEGY, List.of("strategy", "mergestrategy"));

    /** A title with such a word in it may mean the column. */
    private static final Map<Column, Set<String>> HINTS = Map.of(
            Column.PARENT, Set.of("parent", "into"),
            Column.DUPLICATE, Set.of("duplicate", "dup", "dupe"),
            Column.REASON, Set.of("reason"),
            Column.REQUESTED_BY, Set.of("requested", "requester", "requestor"),
            Column.EXTERNAL_REF, Set.of("external", "ref", "reference"),
            Column.STRATEGY, Set.of("strategy"));

    /** The other columns of the table, and what reads like one of ours and is none. */
    private static final Set<String> OTHERS = Set.of(
            "requestedat",
            "requestedon",
            "sameasrequestid",
            "parentnotekey",
            "survivorconversationid",
            "jobexecutionid",
            "importid");

    /** A name of so many characters may have two typing errors in it. */
    private static final int LONG = 9;

    private ColumnTitles() {}

    private static List<String> each(String conversation) {
        return OF_A_CONVERSATION.stream().map(conversation::concat).toList();
    }

    /** What is compared of a title; the title itself if nothing would be left of it. */
    static String key(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String letters = plain.replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
        return letters.isEmpty() ? plain.strip() : letters;
    }

    /** The column that a title means for sure. */
    static Optional<Column> sure(String title) {
        String key = key(title);
        return Arrays.stream(Column.values())
                .filter(column -> SURE.getOrDefault(column, List.of()).contains(key))
                .findFirst();
    }

    /** The column whose title this is but for a typing error. */
    static Optional<Column> misspelt(String title) {
        String key = key(title);
        return OTHERS.contains(key) || words(title).contains("of")
                ? Optional.empty()
                : Arrays.stream(Column.values())
                        .filter(column -> SURE.getOrDefault(column, List.of()).stream()
                                .anyMatch(name -> distance(key, name) <= (name.length() < LONG ? 1 : 2)))
                        .findFirst();
    }

    /** The column that a title may mean, because it has a word in common with it. */
    static Optional<Column> hinted(String title) {
        if (OTHERS.contains(key(title))) {
            return Optional.empty();
        }
        List<String> words = words(title);
        if (words.containsAll(List.of("duplicate", "of"))) {
            return Optional.of(Column.PARENT);
        }
        return Arrays.stream(Column.values())
                .filter(column -> HINTS.getOrDefault(column, Set.of()).stream().anyMatch(words::contains))
                .findFirst();
    }

    private static List<String> words(String title) {
        return Arrays.asList(title.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}\\p{N}]+"));
    }

    /** How many characters are missing, too many, other ones, or have changed places with the next one. */
    private static int distance(String from, String to) {
        int[][] d = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[from.length()][to.length()];
    }
}
