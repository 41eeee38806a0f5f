package com.convmerge.requests;

/** Spreads the requests over the partitions of the night. */
public final class PartitionKeys {
    /** How many keys there are; the first is 0. */
    public static final int COUNT = 64;

    private PartitionKeys() {}

    /**
     * The key of a duplicate. Of the duplicate and not of the survivor, since one outage brings thousands of duplicates of
     * one conversation: they would all be in one partition, and the night as slow as that.
     */
    static int of(long duplicate) {
        // Intercom's ids grow by fixed steps; the multiplication (Fibonacci hashing, Knuth 6.4) spreads them evenly.
        return (int) ((duplicate * 0x9E3779B97F4A7C15L) >>> 58);
    }
}
