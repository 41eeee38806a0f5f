package com.convmerge.batch;

import java.util.Optional;

/**
 * Recognises when failures are plainly Intercom's and not the requests', so that a night does not fill the retry table.
 *
 * <p>Safe for use by many threads.
 */
final class CircuitBreaker {
    static final int IN_A_ROW = 50;
    static final int LAST = 200;

    private final boolean[] failedLast = new boolean[LAST];
    private long seen;
    private int failedOfLast;
    private int inARow;

    /** Counts an outcome. Returns why the run should end; empty if it should go on, as it should after every success. */
    synchronized Optional<String> record(boolean failed) {
        int slot = (int) (seen++ % LAST);
        failedOfLast += (failed ? 1 : 0) - (failedLast[slot] ? 1 : 0);
        failedLast[slot] = failed;
        inARow = failed ? inARow + 1 : 0;
        if (!failed) {
            return Optional.empty();
        }
        if (inARow >= IN_A_ROW) {
            return Optional.of(inARow + " requests in a row failed");
        }
        if (seen >= LAST && failedOfLast * 2 >= LAST) {
            return Optional.of(failedOfLast + " of the last " + LAST + " requests failed");
        }
        return Optional.empty();
    }
}
