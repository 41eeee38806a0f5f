package com.convmerge.requests;

/** Spreads the requests over the partitions of the night. */
public final class PartitionKeys {
    /** How many keys there are; the first is 0. */
    public static final int COUNT = 64;

    private PartitionKeys() {}

    /**
     * The partition key of a request. It is computed from the duplicate and not from the survivor, because one outage brings
     * thousands of duplicates of one conversation, which would all be in one partition.
     */
    static int of(long duplicate) {
        // Intercom's ids grow in fixed steps. The multiplication (Fibonacci hashing, Knuth 6.4) distributes them
        // evenly.
        return (int) ((duplicate * 0x9E3779B97F4A7C15L) >>> 58);
    }
}
