package com.convmerge.apply;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes the short visible texts by which notes are found again, such as {@code cm-7f3k9q2m}. They are random, so that a note of
 * another installation is not mistaken for ours, and have no vowels and no characters that look alike, so that they can be read
 * out and form no words.
 */
@FunctionalInterface
interface NoteReferences {
    /** There are 28^8 of them. That is enough, because a reference is only looked for in one conversation. */
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
