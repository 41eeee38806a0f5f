package com.convmerge.batch;

import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.RateLimitWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Keeps the run lock while a run lives, and hears from outside: that it should stop, that its time is up. */
final class LeaseKeeper implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(2);

    /** How long the lease may go without being renewed: two beats later another run may have it. */
    private static final Duration UNRENEWED = RunLease.LEASE.minus(BEAT.multipliedBy(2));

    /** So many looks without a beat in between: after a clock was set, or this program was frozen, a beat may come first. */
    private static final int LOOKS = 3;

    /**
     * How long what is in hand may make further calls once the run is ending. With the time-out of a call, 20 s, and a beat, the
     * run ends within 30 s, which is what service managers and Kubernetes wait before they kill.
     */
    private static final Duration GRACE = Duration.ofSeconds(7);

    private static final String NO_ANSWER = "the database does not answer";

    private final RunLease lock;
    private final RunCancellation brake;
    private final Intercom intercom;
    private final RunProgress progress;
    private final RateLimitWindow budget;
    private final Clock clock;
    private final @Nullable Instant until;
    private final ScheduledExecutorService executor;
    private volatile Instant renewedAt;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile String problem = NO_ANSWER;
    private volatile boolean lost;
    private volatile @Nullable Instant endingSince;

    LeaseKeeper(RunLease lock, StepParts parts, RateLimitWindow budget, Clock clock, @Nullable Instant until) {
        this.lock = lock;
        this.brake = parts.brake();
        this.intercom = parts.intercom();
        this.progress = parts.progress();
        this.budget = budget;
        this.clock = clock;
        this.until = until;
        this.renewedAt = clock.instant();
        this.executor = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    LeaseKeeper start() {
        // With a delay and not at a rate: after a freeze what was missed would come in one burst.
        executor.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(this::watch, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /**
     * Whether the lock is ours. Asks the database if its last answer is so old that another run may have taken over since: to
     * be asked before anything is sent, as a program that was frozen knows nothing of it.
     */
    boolean holds() {
        return !lost && (isFresh() || holdsStill());
    }

    private synchronized boolean holdsStill() {
        return isFresh() || beat();
    }

    private boolean isFresh() {
        return Duration.between(renewedAt, clock.instant()).compareTo(UNRENEWED) < 0;
    }

    /**
     * Renews the lease and hears whether somebody asked the run to stop; returns when the database has answered.
     *
     * @return whether the lock is ours still
     */
    boolean beat() {
        Instant now = clock.instant();
        try {
            if (!lock.renew(progress, budget.used(now), budget.limit())) {
                lost = true;
                brake.pull(RunCancellation.Kind.FAILED, "the run lock was lost: another run has taken over");
                // Not even what is in hand may go on: it is in the other run's hand now.
                intercom.halt();
                return false;
            }
            renewedAt = now;
            problem = NO_ANSWER;
            looks.set(0);
            if (lock.isStopRequested()) {
                brake.pull(RunCancellation.Kind.STOPPED, "somebody asked it to stop");
            }
            return true;
        } catch (DataAccessException | TransactionException e) {
            problem = ErrorMessages.oneLine(e);
            return false;
        }
    }

    /** Looks at the time. Apart from {@link #beat}, as a database that is cut off may keep that one waiting for long. */
    void watch() {
        Instant now = clock.instant();
        if (until != null && !now.isBefore(until)) {
            brake.pull(RunCancellation.Kind.DEADLINE, "the time is up (--until)");
        }
        Duration since = Duration.between(renewedAt, now);
        if (looks.incrementAndGet() >= LOOKS && since.compareTo(UNRENEWED) >= 0) {
            brake.pull(
                    RunCancellation.Kind.FAILED,
                    "the run lock could not be renewed for " + since.toSeconds() + " s: " + problem);
        }
        haltAfterGrace(now);
    }

    private void haltAfterGrace(Instant now) {
        if (!brake.endsAll()) {
            return;
        }
        Instant since = endingSince;
        if (since == null) {
            endingSince = now;
        } else if (!now.isBefore(since.plus(GRACE))) {
            intercom.halt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
