package com.convmerge.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution of the job.
 *
 * @param outcome Spring Batch's status, such as COMPLETED, FAILED or STOPPED; STARTED while it runs, or after it was killed
 * @param description why it ended as it did, where that is known
 */
public record Execution(
        long id,
        String outcome,
        String description,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}
