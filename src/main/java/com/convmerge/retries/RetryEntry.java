package com.convmerge.retries;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the retry table.
 *
 * @param operation the one that failed
 * @param attempts how often the request has failed
 * @param nextAttemptAt null if an operator must act
 * @param droppedAt when an operator has given the request up; null if none has, or it was released since
 * @param dropReason why an operator has given the request up, also if it was released since; null if none ever has
 */
public record RetryEntry(
        OperationKind operation,
        Failure failure,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        @Nullable Instant nextAttemptAt,
        long executionId,
        @Nullable Instant droppedAt,
        @Nullable String dropReason) {
    /** A row that no operator has dropped. */
    public RetryEntry(
            OperationKind operation,
            Failure failure,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt,
            @Nullable Instant nextAttemptAt,
            long executionId) {
        this(operation, failure, attempts, firstFailedAt, lastFailedAt, nextAttemptAt, executionId, null, null);
    }
}
