package com.convmerge.run;

import com.convmerge.batch.RunCancellation;
import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.merge.SteadyClock;
import com.convmerge.report.ErrorMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Renews the lease of one run while it lives, and notices from outside that the run should stop or that its time is up. It is the
 * run's permit for calls: none leaves after the lease was lost.
 */
final class LeaseKeeper implements AutoCloseable, CallPermit {
    private static final Duration BEAT = Duration.ofSeconds(2);

    /** How long the lease may go without being renewed. Two beats later another run may have it. */
    private static final Duration UNRENEWED = RunLease.LENGTH.minus(BEAT.multipliedBy(2));

    /**
     * How often {@link #watch} looks in vain before it gives up: after the clock was set, or the process was suspended, it may run
     * before the beat that is due.
     */
    private static final int LOOKS = 3;

    private static final String LOST =
            "the run lock was lost: another run has taken over, or somebody has changed the row of merge_run_lock";

    private static final String NO_ANSWER = "the database does not answer";

    private final RunLease lease;
    private final RunCancellation cancellation;
    private final Supplier<Progress> progress;
    private final BiConsumer<Progress, Instant> alive;
    private final RateLimitWindow window;
    private final Clock clock;
    private final SteadyClock steady;
    private final @Nullable Instant until;
    private final LastCall lastCall;
    private final ScheduledExecutorService executor;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile Moment renewedAt;
    private volatile Moment answeredAt;
    private volatile String problem = NO_ANSWER;
    private volatile boolean isLost;
    private volatile boolean isBroken;
    private volatile boolean hasEnded;

    /**
     * @param progress what others are to see of the run
     * @param alive takes how far the run was at each time when it held the lease
     * @param until when the run begins no further merge; null for never
     * @param lastResort ends the program if the run must end and does not
     */
    LeaseKeeper(
            RunLease lease,
            RunCancellation cancellation,
            Supplier<Progress> progress,
            BiConsumer<Progress, Instant> alive,
            RateLimitWindow window,
            Clock clock,
            SteadyClock steady,
            @Nullable Instant until,
            LastResort lastResort) {
        this.lease = lease;
        this.cancellation = cancellation;
        this.progress = progress;
        this.alive = alive;
        this.window = window;
        this.clock = clock;
        this.steady = steady;
        this.until = until;
        this.lastCall = new LastCall(steady, lastResort);
        this.renewedAt = now();
        this.answeredAt = renewedAt;
        this.executor = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "lease-keeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to renew the lease and to watch the time, and does both once before it returns. */
    LeaseKeeper start() {
        safely(this::beat);
        safely(this::watch);
        // Not at a fixed rate: after the process was suspended, missed beats would come in one burst.
        executor.scheduleWithFixedDelay(
                () -> safely(this::beat), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(
                () -> safely(this::watch), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /**
     * Does not let the thread die: a run whose lease nobody renews, or whose time nobody watches, would go on for as long as it
     * likes.
     */
    private void safely(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            broken(e);
        }
    }

    /** Ends the run for a bug or for what the JVM lacks, such as memory. Until the calls are halted nothing here needs memory. */
    void broken(Throwable e) {
        isBroken = true;
        cancellation.haltCalls();
        cancellation.cancel(RunCancellation.Kind.FAILED, ErrorMessages.oneLine(e));
        lastCall.begin();
    }

    @Override
    public boolean isRevoked() {
        return cancellation.areCallsHalted();
    }

    /**
     * Whether the lease is ours. Asks the database if its last answer is so old that another run may have taken over since: a
     * process that was suspended knows nothing of it.
     */
    @Override
    public boolean isGranted() {
        return !isLost && !isBroken && (isFresh() || renewIfStale());
    }

    /** No pause is waited for that goes on after the run's end, whether its time is up by then or somebody wants it to end now. */
    @Override
    public boolean mayWaitUntil(Instant time) {
        if (until != null && time.isAfter(until)) {
            cancellation.cancel(
                    RunCancellation.Kind.STOPPED, "Intercom lets no call leave before the time is up (--until)");
        }
        return !cancellation.endsAll();
    }

    /** Asks the database who holds the lease, in the caller's transaction. */
    @Override
    public boolean mayClaim() {
        if (isBroken) {
            return false;
        }
        // If somebody has deleted the row, the beat puts it back.
        if (!isLost && (lease.isOurs() || beat() && lease.isOurs())) {
            return true;
        }
        lost();
        return false;
    }

    private synchronized boolean renewIfStale() {
        return isFresh() || beat();
    }

    /** Whether the lease was renewed so lately that nobody can have taken it over. */
    boolean isFresh() {
        return renewedAt.isWithin(UNRENEWED, now());
    }

    private Moment now() {
        return Moment.now(clock, steady);
    }

    /**
     * Renews the lease and looks whether somebody asked the run to stop; returns when the database has answered.
     *
     * @return whether the lease is still ours
     */
    boolean beat() {
        Moment now = now();
        try {
            Progress reached = progress.get();
            boolean isRenewed = lease.renew(reached, window.used(now.steady()), window.limit());
            answeredAt = now;
            if (!isRenewed) {
                lost();
                return false;
            }
            renewedAt = now;
            problem = NO_ANSWER;
            looks.set(0);
            if (lease.isStopRequested()) {
                cancellation.cancel(RunCancellation.Kind.STOPPED, "somebody asked it to stop");
            }
            alive.accept(reached, now.wall());
            return true;
        } catch (DataAccessException | TransactionException e) {
            problem = ErrorMessages.oneLine(e);
            return false;
        }
    }

    private void lost() {
        isLost = true;
        cancellation.cancel(RunCancellation.Kind.FAILED, LOST);
        // Not even the requests in flight may go on: the other run works on them.
        cancellation.haltCalls();
        lastCall.begin();
    }

    /** Looks at the time. This is apart from {@link #beat}, which a database that is cut off may keep waiting for long. */
    void watch() {
        if (until != null && !clock.instant().isBefore(until)) {
            cancellation.cancel(RunCancellation.Kind.DEADLINE, "the time is up (--until)");
        }
        Duration since = steady.since(renewedAt.steady());
        if (looks.incrementAndGet() >= LOOKS && since.compareTo(UNRENEWED) >= 0) {
            cancellation.cancel(
                    RunCancellation.Kind.FAILED,
                    "the run lock could not be renewed for " + since.toSeconds() + " s: " + problem);
            lastCall.begin();
        }
        lastCall.haltAfterGrace(cancellation);
        // A run that has ended may still print its result, as long as the database answers.
        if (!hasEnded || !answeredAt.isWithin(UNRENEWED, now())) {
            lastCall.check(
                    cancellation.reason().map(RunCancellation.Reason::message).orElse(problem));
        }
    }

    /** No call can leave any more; what is left is to print the result. */
    void runHasEnded() {
        hasEnded = true;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
