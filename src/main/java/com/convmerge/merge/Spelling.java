package com.convmerge.merge;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant who has misspelt it. */
public final class Spelling {
    /** So many letters of a word, one of them may be wrong. */
    private static final int LETTERS_A_SLIP = 3;

    private Spelling() {}

    /** The known word that is most like {@code typed}; empty if none is much like it. Small and capital letters are alike. */
    public static Optional<String> closest(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> isLike(typed, word))
                .min(Comparator.comparingInt((String word) -> slips(typed, word))
                        .thenComparing(word -> word));
    }

    /** Whether it may be the word, misspelt: the longer, the more slips. */
    public static boolean isLike(String typed, String word) {
        return slips(typed, word) <= allowed(typed, word);
    }

    /** Whether it is the word but for one slip, where other words that are only similar must be let through. */
    public static boolean isOneSlip(String typed, String word) {
        return slips(typed, word) == 1;
    }

    private static int allowed(String typed, String word) {
        return Math.max(1, Math.min(typed.length(), word.length()) / LETTERS_A_SLIP);
    }

    /** How many letters were left out, put in, changed, or swapped with their neighbours (optimal string alignment). */
    public static int slips(String typed, String word) {
        String a = typed.toLowerCase(Locale.ROOT);
        String b = word.toLowerCase(Locale.ROOT);
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : fewest(slips, a, b, i, j);
            }
        }
        return slips[a.length()][b.length()];
    }

    private static int fewest(int[][] slips, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(slips[i - 1][j - 1] + change, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        boolean areSwapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return areSwapped ? Math.min(fewest, slips[i - 2][j - 2] + 1) : fewest;
    }
}
