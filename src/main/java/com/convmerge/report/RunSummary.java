package com.convmerge.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, and what is left, counted from the tables.
 *
 * @param merged by this run, as are {@code rejected}, {@code failed} and {@code postponed}
 * @param failed given up by this run
 * @param postponed put into the retry table by this run, to be tried again
 * @param pending not begun, in the whole table
 * @param waiting in the retry table with a next try, in the whole table
 * @param givenUp refused for good, or out of tries, and not dropped by an operator, in the whole table
 * @param nextAttemptAt when the first of those is due; null if there is none
 * @param mergedEver in the whole table
 * @param undone merges that this run has taken back; 0 for a run that merges
 */
public record RunSummary(
        long merged,
        long rejected,
        long failed,
        long postponed,
        long pending,
        long waiting,
        long givenUp,
        @Nullable Instant nextAttemptAt,
        long mergedEver,
        long undone) {
    /** Of a run that merges. */
    public RunSummary(
            long merged,
            long rejected,
            long failed,
            long postponed,
            long pending,
            long waiting,
            long givenUp,
            @Nullable Instant nextAttemptAt,
            long mergedEver) {
        this(merged, rejected, failed, postponed, pending, waiting, givenUp, nextAttemptAt, mergedEver, 0);
    }

    /** Whether everything that was asked for is merged; what earlier runs have rejected does not count. */
    @JsonIgnore
    public boolean isAllMerged() {
        return rejected == 0 && failed == 0 && waiting == 0 && givenUp == 0;
    }

    /** Whether this run changed no request. */
    @JsonIgnore
    public boolean isNothingDone() {
        return merged + rejected + failed + postponed + undone == 0;
    }
}
