package com.convmerge.apply;

import com.convmerge.merge.OperationKind;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;

/**
 * Makes the short visible texts by which notes are found again, such as {@code cmdkqzwbtfxh}. They are random, so that a note of
 * another installation is not mistaken for ours. They consist of one word of consonants: nothing in it invites a line break, a
 * link, a telephone number or a correction, and it forms no word.
 */
@FunctionalInterface
interface NoteReferences {
    /** There are 19^9 of them. That is enough, because a reference is only looked for in one conversation. */
    NoteReferences RANDOM = new NoteReferences() {
        private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
        private final RandomGenerator random =
                RandomGeneratorFactory.of("SecureRandom").create();

        @Override
        public String next(OperationKind kind) {
            StringBuilder reference = new StringBuilder(
                    switch (kind) {
                        case NOTE -> ON_DUPLICATE;
                        case UNDO_NOTE, UNDO_SURVIVOR_NOTE -> ON_UNDO;
                        default -> ON_SURVIVOR;
                    });
            random.ints(9, 0, LETTERS.length()).forEach(i -> reference.append(LETTERS.charAt(i)));
            return reference.toString();
        }
    };

    /** How the references of notes on duplicates begin. */
    String ON_DUPLICATE = "cmd";

    /** How the references of notes on survivors begin. */
    String ON_SURVIVOR = "cmp";

    /** How the references of notes begin that say that a merge was taken back. */
    String ON_UNDO = "cmu";

    /** Older references have the form {@code cm-7f3k9q2m}, for both kinds of notes. */
    Pattern IN_TEXT = Pattern.compile("ref(cm[dpu][bcdfghjkmnpqrstvwxz]{9}|cm([2-9bcdfghjkmnpqrstvwxyz]{8}))");

    /** A new one for a note of this kind. */
    String next(OperationKind kind);

    /** Whether a note with this reference says that a merge was taken back. */
    static boolean isOfUndo(String reference) {
        return reference.startsWith(ON_UNDO);
    }

    /** The references of notes of ours, of any installation, that a body shows. */
    static List<String> shownIn(PlainText body) {
        return IN_TEXT.matcher(body.letters())
                .results()
                .map(found -> found.group(2) == null ? found.group(1) : "cm-" + found.group(2))
                .toList();
    }
}
