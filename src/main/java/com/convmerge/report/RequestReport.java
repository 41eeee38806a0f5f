package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request, as the tables have it.
 *
 * @param survivor null until it was resolved
 * @param attempts how often it failed
 */
public record RequestReport(
        long id,
        String parent,
        String duplicate,
        @Nullable String survivor,
        @Nullable String externalRef,
        RequestStatus status,
        @Nullable String detail,
        int attempts,
        @Nullable Instant nextAttemptAt) {}
