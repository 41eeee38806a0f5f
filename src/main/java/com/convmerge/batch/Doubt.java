package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something of which nobody knows yet whether it has happened, and which is to be looked for again. Its times are those of the steady
 * clock.
 *
 * @param item what must be applied again for that
 * @param since when its last call had ended
 * @param lookedAt when it was looked for last, or sent
 */
record Doubt<I>(I item, OperationKind operation, Failure failure, Instant since, Instant lookedAt) {
    static <I> Doubt<I> of(I item, Outcome.InDoubt<?> outcome, Instant now) {
        return new Doubt<>(item, outcome.operation(), outcome.failure(), outcome.since(), now);
    }

    /**
     * When to look again: first after the pauses, then each time when it is twice as old, and at last when it is settled.
     *
     * @param pauses the first after the call, each further one after the one before
     */
    Instant nextLook(List<Duration> pauses, Duration settleTime) {
        Duration looked = Duration.between(since, lookedAt);
        Duration age = Duration.ZERO;
        for (Duration pause : pauses) {
            age = age.plus(pause);
            if (age.compareTo(looked) > 0) {
                break;
            }
        }
        if (age.compareTo(looked) <= 0) {
            age = looked.multipliedBy(2).plusSeconds(1);
        }
        return since.plus(age.compareTo(settleTime) < 0 ? age : settleTime);
    }

    /** The same, looked at from {@code began} on, unless its last call ended later. */
    Doubt<I> lookedAtFrom(Instant began) {
        return new Doubt<>(item, operation, failure, since, began.isBefore(since) ? since : began);
    }

    /** When a look decides it for good. */
    Instant settledAt(Duration settleTime) {
        return since.plus(settleTime);
    }
}
