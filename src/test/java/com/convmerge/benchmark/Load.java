package com.convmerge.benchmark;

import java.util.List;

/**
 * What is merged, and how the sandbox answers.
 *
 * @param requests how many duplicates
 * @param parents how many conversations they are merged into
 * @param limit calls granted in a window of ten seconds
 * @param latency in milliseconds
 * @param tails shares of the calls, in percent, that take longer, and how long, in milliseconds
 */
record Load(String name, int requests, int parents, int limit, int latency, List<int[]> tails) {
    static final int CONCURRENCY = 64;

    /** As fast as the machine allows: no limit, and answers after 5 ms. */
    static Load unlimited(int requests) {
        return new Load("no limit", requests, Math.max(1, requests / 10), 100_000_000, 5, List.of());
    }

    /** Intercom's limit, and answers after 250 ms with a long tail. */
    static Load atTheLimit(int requests) {
        return new Load(
                "at the limit",
                requests,
                Math.max(1, requests / 10),
                1_666,
                250,
                List.of(new int[] {5, 1_000}, new int[] {1, 3_000}));
    }

    boolean isLimited() {
        return limit < 1_000_000;
    }

    /** Three calls a duplicate, and two a parent. */
    int calls() {
        return 3 * requests + 2 * parents;
    }

    String duplicate(int i) {
        return Long.toString(215_470_000_000L + 7L * i);
    }

    String parent(int i) {
        return Long.toString(915_470_000_000L + 7L * (i % parents));
    }
}
