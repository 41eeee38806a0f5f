package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that a run did not merge, and why. */
public record Problem(
        long requestId,
        String parent,
        String duplicate,
        @Nullable String externalRef,
        RequestStatus status,
        @Nullable String detail,
        @Nullable Instant nextAttemptAt) {}
