package com.convmerge.retries;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import java.util.List;

/** The retry table. */
public interface Retries {
    /**
     * Files a request that failed: as RETRY with its next try, or as FAILED if the failure is for good or the tries are used
     * up. Commits on its own. A request that is not PENDING was filed before and is left as it is.
     *
     * @return whether, and when, it is tried again
     */
    RetryDecision file(long requestId, OperationKind operation, Failure failure, long executionId);

    /** Makes PENDING what is due at {@code now}; the counts of attempts stay. Returns how many. */
    int takeDue(Instant now);

    /** The rows of requests that wait, were released or were given up, next first; at most {@code limit}. */
    List<Retry> list(RetryFilter filter, int limit);

    /**
     * Sends requests back to PENDING, for the next run, with their attempts forgotten; only what waits or was given up can be.
     *
     * @return the ids of those that were released
     */
    List<Long> release(RetryFilter filter);

    /**
     * Gives requests up: FAILED with {@code reason}; only what waits or was given up can be.
     *
     * @return the ids of those that were dropped
     */
    List<Long> drop(RetryFilter filter, String reason);
}
