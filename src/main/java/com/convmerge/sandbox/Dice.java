package com.convmerge.sandbox;

/**
 * Pseudo-random numbers (SplitMix64) that depend only on a seed, a text and a count. They are therefore the same in
 * each run and independent of the order of the threads.
 */
final class Dice {
    private long state;

    Dice(long seed, String text, long count) {
        state = mix(mix(seed) ^ mix(text.hashCode()) ^ (count * 0x9E3779B97F4A7C15L));
    }

    /** Returns the next number from 0 (inclusive) to 1 (exclusive). */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Returns the next number from 0 (inclusive) to {@code bound} (exclusive). */
    int below(int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
