package com.convmerge.retries;

import com.convmerge.merge.ShownTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that failed.
 *
 * @param attempts how often it has failed
 * @param nextAttemptAt null if it was given up
 */
public record RetryDecision(int attempts, @Nullable Instant nextAttemptAt) {
    /** For a request that somebody has changed or deleted meanwhile. */
    static final RetryDecision LEFT_ALONE = new RetryDecision(0, null);

    /** What happens next, for the log. */
    public String next() {
        if (attempts == 0) {
            return "its row was changed or deleted meanwhile and is left as it is";
        }
        return nextAttemptAt == null
                ? "given up; 'retries release' tries it again"
                : "tried again by the first run after " + ShownTime.utc(nextAttemptAt);
    }
}
