package com.convmerge.batch;

import com.convmerge.apply.Gate;
import com.convmerge.apply.Workspace;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One run: what it was started with, and what all of its steps share. It is made for one run and thrown away with it. */
public final class MergeRun {
    final RunParameters parameters;
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

    private volatile long executionId;
    private volatile @Nullable Workspace workspace;

    /**
     * A run that has not begun. Its calls go through {@code gate}, whose permit ends with {@code cancellation}.
     *
     * @param waits whether it stays until what is in doubt is settled
     */
    public MergeRun(
            RunParameters parameters, RunCancellation cancellation, RunProgress progress, Gate gate, boolean waits) {
        this.parameters = parameters;
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
    }

    void endItem() {
        inFlight.arriveAndDeregister();
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
        } else if (failure.kind() != FailureKind.NOT_FOUND) {
            // Whether a conversation exists says nothing about Intercom's health.
            breaker.record(true)
                    .ifPresent(
                            why -> fail(
                                    why + ", the last with " + failure.describe()
                                            + ": that is Intercom's trouble or the network's, not theirs. What was not begun stays PENDING"));
        }
    }

    private void fail(String message) {
        cancellation.cancel(RunCancellation.Kind.FAILED, message);
        cancellation.haltCalls();
    }
}
