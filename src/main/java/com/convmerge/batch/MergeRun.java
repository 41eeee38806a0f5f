package com.convmerge.batch;

import com.convmerge.apply.Gate;
import com.convmerge.apply.Workspace;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKey;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: what it was started with, and what all of its steps share. It is made for one run and thrown away with it. */
public final class MergeRun {
    private static final Logger log = LoggerFactory.getLogger(MergeRun.class);
    /** So many faults of our own end a run: whatever it is, the next request will have it, too. */
    private static final int MOST_FAULTS = 20;

    /** By which operators call it. */
    final long number;

    final RunParameters parameters;
    /** A survivor that was not found to exist since then is read before anything is merged into it. */
    final Instant checkedSince;

    final RunCancellation cancellation;
    final RunProgress progress;
    final Gate gate;
    /** Whether the run stays until what is in doubt is settled. */
    final boolean waits;

    /** The ids of requests of which an operation is in doubt. */
    final Queue<Doubt<Long>> doubts = new ConcurrentLinkedQueue<>();
    /** The notes on survivors that are in doubt. */
    final Queue<Doubt<OperationKey>> noteDoubts = new ConcurrentLinkedQueue<>();

    private final CircuitBreaker breaker = new CircuitBreaker();
    /** The items that are being processed, and the run itself, which waits for them in the end. */
    private final Phaser inFlight = new Phaser(1);
    /** How many requests the partitions may still take together. */
    private final AtomicLong left;

    private final AtomicInteger faults = new AtomicInteger();

    private volatile Map<String, Instant> snoozed = Map.of();
    private volatile long executionId;
    private volatile @Nullable Workspace workspace;

    /**
     * A run that has not begun. Its calls go through {@code gate}, whose permit ends with {@code cancellation}.
     *
     * @param checkedSince what an earlier execution has found since then is believed; what it found before is looked at again
     * @param waits whether it stays until what is in doubt is settled
     */
    public MergeRun(
            long number,
            RunParameters parameters,
            Instant checkedSince,
            RunCancellation cancellation,
            RunProgress progress,
            Gate gate,
            boolean waits) {
        this.number = number;
        this.parameters = parameters;
        this.checkedSince = checkedSince.isAfter(parameters.startedAt()) ? checkedSince : parameters.startedAt();
        this.cancellation = cancellation;
        this.progress = progress;
        this.gate = gate;
        this.waits = waits;
        this.left = new AtomicLong(Objects.requireNonNullElse(parameters.limit(), Long.MAX_VALUE));
    }

    /** The execution in Spring Batch's tables; 0 as long as there is none. */
    public long executionId() {
        return executionId;
    }

    void executionId(long id) {
        executionId = id;
    }

    /** Where the run writes, as the preflight has found. */
    Workspace workspace() {
        return Objects.requireNonNull(workspace, "the preflight comes first");
    }

    void workspace(Workspace found) {
        workspace = found;
    }

    /** Finds out which conversations are snoozed, before the first note wakes one. */
    void findSnoozed() {
        snoozed = gate.snoozed().find();
    }

    /** Until when a duplicate was snoozed when the run began to merge; null if it was not, or nobody knows. */
    @Nullable
    Instant snoozedUntil(ConversationId duplicate) {
        return snoozed.get(duplicate.value());
    }

    /** Takes up to {@code wanted} requests from the limit; returns how many there were. */
    int takeFromLimit(int wanted) {
        long before = left.getAndUpdate(now -> now - Math.min(now, wanted));
        return (int) Math.min(before, wanted);
    }

    /** Sets the end of the progress: {@code pending} requests, or as many as the limit leaves. */
    void expect(long pending) {
        progress.expect(Math.min(pending, left.get()));
    }

    void beginItem() {
        inFlight.register();
        progress.took();
    }

    void endItem() {
        inFlight.arriveAndDeregister();
        progress.gave();
    }

    /** Lets no item begin any more, and returns when none is in flight: no call can leave after the run has ended. */
    public void drain() {
        cancellation.cancel(RunCancellation.Kind.STOPPED, "the run has ended");
        inFlight.arriveAndAwaitAdvance();
    }

    /** Ends the run for a failure that no request is to blame for. What waits for the rate limit is not sent any more. */
    void stopFor(Failure failure) {
        if (Gate.isDatabaseOlder(failure)) {
            cancellation.cancel(RunCancellation.Kind.DATABASE_OLDER, failure.message());
            cancellation.haltCalls();
        } else if (failure.httpStatus() == null) {
            fail(failure.message());
        } else {
            fail("Intercom does not let the run go on: " + failure.describe() + ". No request was blamed for it");
        }
    }

    /** Counts a success, or a failure that may be Intercom's own. Too many failures end the run. */
    void observe(@Nullable Failure failure) {
        if (failure == null) {
            breaker.record(false);
        } else {
            breaker.record(true)
                    .ifPresent(
                            why -> fail(
                                    why + ", the last with " + failure.describe()
                                            + ": that is Intercom's trouble or the network's, not theirs. What was not begun stays PENDING"));
        }
    }

    /** Counts a fault of our own. One is an item's; many are the run's. */
    void countFault(Failure failure) {
        if (faults.incrementAndGet() == MOST_FAULTS) {
            fail(MOST_FAULTS + " times something failed that is no answer of Intercom, the last time with "
                    + failure.message());
        }
    }

    /** A request whose row was changed after it was read: nothing was sent, and the next run decides about it again. */
    void withdrawn(RequestFailedException failed) {
        log.warn("request {} ({}): {}", failed.item.requestIds(), failed.item.subject(), failed.failure.message());
    }

    /** Ends the run. What waits for the rate limit is not sent any more. */
    void fail(String message) {
        cancellation.cancel(RunCancellation.Kind.FAILED, message);
        cancellation.haltCalls();
    }
}
