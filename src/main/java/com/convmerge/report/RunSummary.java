package com.convmerge.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, and what is left, counted from the tables.
 *
 * @param merged by this execution, as are {@code rejected}, {@code failed} and {@code postponed}
 * @param failed given up
 * @param postponed put into the retry table, to be tried again
 * @param pending not begun, in the whole table
 * @param waiting in the retry table with a next try, in the whole table
 * @param nextAttemptAt when the first of those is due; null if none waits
 * @param mergedEver in the whole table
 */
public record RunSummary(
        long executionId,
        long merged,
        long rejected,
        long failed,
        long postponed,
        long pending,
        long waiting,
        @Nullable Instant nextAttemptAt,
        long mergedEver) {

    /** Whether everything that was asked for is merged, as far as this execution had to do with it. */
    public boolean isAllMerged() {
        return rejected == 0 && failed == 0 && waiting == 0;
    }

    /** Whether this execution had nothing to do. */
    public boolean isNothingDone() {
        return merged + rejected + failed + postponed == 0;
    }
}
