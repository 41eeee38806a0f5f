package com.convmerge.batch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run may go.
 *
 * @param limit how many requests it applies at most; null for all
 * @param until when it begins no further merge; null for never
 */
public record RunOptions(@Nullable Long limit, @Nullable Instant until) {
    /** To the end. */
    public static final RunOptions ALL = new RunOptions(null, null);
}
