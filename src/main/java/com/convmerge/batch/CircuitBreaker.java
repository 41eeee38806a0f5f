package com.convmerge.batch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Tells when failures are plainly Intercom's and not the requests', so that a night is not spent on filling the retry table.
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

    /** Takes an outcome; says why the run should end, if it should. A success ends none. */
    synchronized Optional<String> saw(boolean failed) {
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

    /** For the next run of the same program. */
    synchronized void reset() {
        Arrays.fill(failedLast, false);
        seen = 0;
        failedOfLast = 0;
        inARow = 0;
    }
}
