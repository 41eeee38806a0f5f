package com.convmerge.retries;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that failed.
 *
 * @param attempts how often it has failed
 * @param nextAttemptAt null if it was given up
 */
public record RetryDecision(int attempts, @Nullable Instant nextAttemptAt) {
    /** What happens next, for the log. */
    public String next() {
        return nextAttemptAt == null
                ? "given up; 'retries release' tries it again"
                : "tried again by the first run after " + nextAttemptAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
