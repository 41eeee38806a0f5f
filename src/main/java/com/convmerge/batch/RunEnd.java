package com.convmerge.batch;

/**
 * How a run ended.
 *
 * @param message why, one line; empty if it is complete
 */
public record RunEnd(long executionId, Kind kind, String message) {
    /** Decides the exit code. */
    public enum Kind {
        /** It did all that there was to do. */
        COMPLETED,
        /** It broke off; restart it. */
        FAILED,
        /** A setting kept it from starting; nothing was done. */
        MISCONFIGURED,
        /** It was asked to stop. */
        STOPPED
    }
}
