package com.convmerge.merge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The way in which a duplicate is merged. */
public enum Strategy {
    /** It gets a note with a link to its survivor, and is closed. That can be taken back. */
    LINK("link"),
    /** Intercom's own merge, which cannot be taken back and refuses several kinds of conversations. */
    NATIVE("native"),
    /** Intercom's own merge; and close and link for the pairs that Intercom refuses to merge. */
    NATIVE_THEN_LINK("native-then-link");

    private final String word;

    Strategy(String word) {
        this.word = word;
    }

    /** As it stands in the settings, in the column {@code strategy} and in a file. */
    public String word() {
        return word;
    }

    /** Whether Intercom's own merge is tried. */
    public boolean isNative() {
        return this != LINK;
    }

    /** The strategy that somebody has written; empty if it is none. Small and capital letters, blanks and underscores are alike. */
    public static Optional<Strategy> of(String written) {
        String word = written.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
        return Arrays.stream(values())
                .filter(strategy -> strategy.word.equals(word))
                .findFirst();
    }

    /** Why a text is no strategy, as a phrase that follows the name of the column; empty if it is one, or says nothing. */
    public static Optional<String> fault(String written) {
        return written.isBlank() || of(written).isPresent()
                ? Optional.empty()
                : Optional.of("is \"" + OneLine.exact(written.strip(), 40) + "\"; expected " + words());
    }

    private static String words() {
        return Arrays.stream(values()).map(Strategy::word).collect(Collectors.joining(", ")) + ", or nothing";
    }
}
