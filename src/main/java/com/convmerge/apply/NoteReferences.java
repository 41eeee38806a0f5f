package com.convmerge.apply;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes the short visible texts by which notes are found again, such as {@code cm-7f3k9q2m}. Random, so that no other
 * installation's note is taken for ours; without vowels and look-alikes, so that it can be read out and spells nothing.
 */
@FunctionalInterface
public interface NoteReferences {
    /** 28^8 of them: enough, as one is only ever looked for in one conversation. */
    NoteReferences RANDOM = new NoteReferences() {
        private static final String LETTERS = "23456789bcdfghjkmnpqrstvwxyz";
        private final RandomGenerator random =
                RandomGeneratorFactory.of("SecureRandom").create();

        @Override
        public String next() {
            StringBuilder reference = new StringBuilder("cm-");
            random.ints(8, 0, LETTERS.length()).forEach(i -> reference.append(LETTERS.charAt(i)));
            return reference.toString();
        }
    };

    /** A new one. */
    String next();
}
