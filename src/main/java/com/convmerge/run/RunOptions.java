package com.convmerge.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to be done.
 *
 * @param limit how many requests it applies at most; null for all. A restart keeps that of the run that it continues
 * @param until when it begins no further merge, and waits for nothing any more; null for never
 * @param verify whether each duplicate is read before its first note. A restart keeps that, too
 * @param waits whether it stays until what is in doubt is settled
 */
public record RunOptions(@Nullable Long limit, @Nullable Instant until, boolean verify, boolean waits) {
    /** All that is open, with nothing special. */
    public static final RunOptions ALL = new RunOptions(null, null, false, true);
}
