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
 */
public record RetryEntry(
        OperationKind operation,
        Failure failure,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        @Nullable Instant nextAttemptAt,
        long executionId) {}
