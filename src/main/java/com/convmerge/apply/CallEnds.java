package com.convmerge.apply;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows when the calls of operations in doubt had ended, by the steady clock. The ledger has wall times, because later runs read them;
 * but were the settle time measured by them, a wall clock that is set forward in between would have a note sent again too early.
 *
 * <p>It is made for one run: for what was sent before it, the wall time at its beginning is all that there is to compare with.
 */
final class CallEnds {
    private final SteadyClock clock;
    private final Instant begunWall;
    private final Instant begun;
    /** Those of this run, as exactly as they are known. */
    private final Map<OperationKey, Instant> ends = new ConcurrentHashMap<>();

    CallEnds(Clock wall, SteadyClock clock) {
        this.clock = clock;
        this.begunWall = wall.instant();
        this.begun = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    /** The call of this operation has ended now. */
    Instant endedNow(OperationKey key) {
        Instant now = clock.instant();
        ends.put(key, now);
        return now;
    }

    /** The call had ended when the ledger says so; or when it was sent, if the ledger does not say. */
    Instant of(LedgerEntry entry) {
        Instant known = ends.get(entry.key());
        return known != null ? known : steady(Objects.requireNonNullElse(entry.settledAt(), entry.lastSentAt()));
    }

    /**
     * The call of a program that was killed had ended so long after it was sent, or has ended by now.
     *
     * @return how long ago that was
     */
    Duration endedAfter(LedgerEntry sent, Duration longest) {
        Instant latest = steady(sent.lastSentAt()).plus(longest);
        Instant now = clock.instant();
        Instant ended = latest.isBefore(now) ? latest : now;
        ends.put(sent.key(), ended);
        return Duration.between(ended, now);
    }

    private Instant steady(Instant wall) {
        return begun.plus(Duration.between(begunWall, wall));
    }
}
