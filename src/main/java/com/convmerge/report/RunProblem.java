package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that a run did not merge.
 *
 * @param status when the run ended, as are {@code detail} and {@code nextAttemptAt}
 * @param now its status now; null if its row is gone
 */
public record RunProblem(
        long requestId,
        String parent,
        String duplicate,
        RequestStatus status,
        @Nullable String detail,
        @Nullable Instant nextAttemptAt,
        @Nullable RequestStatus now) {}
