package com.convmerge.batch;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far one run is. */
public final class RunProgress {
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong parents = new AtomicLong();
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile long parentsTotal;
    private volatile long rejectedAtOnce;
    private volatile long run;
    private volatile long total;
    private volatile String step = "starting";
    private volatile Waiting waiting = new Waiting(0, null);

    /**
     * What the run waits for.
     *
     * @param inDoubt how many notes and other operations are in doubt; 0 if it does not wait
     * @param until when the last of them is settled
     */
    public record Waiting(int inDoubt, @Nullable Instant until) {}

    /** Says which run this is. */
    public void begin(long number) {
        run = number;
    }

    /** The number of the run; 0 until it has one. */
    public long run() {
        return run;
    }

    void begin(String stepName) {
        step = stepName;
    }

    /** Expects so many requests beside those that are rejected already. */
    void expect(long requests) {
        total = requests + rejected.get();
    }

    void merged() {
        merged.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }

    void rejected() {
        rejected.incrementAndGet();
    }

    /** Counts what was rejected before anything was applied. */
    void rejectedAtOnce(long requests) {
        rejectedAtOnce = requests;
        rejected.addAndGet(requests);
    }

    void expectParents(long survivors) {
        parentsTotal = survivors;
    }

    void parentDone() {
        parents.incrementAndGet();
    }

    void took() {
        inHand.incrementAndGet();
    }

    void gave() {
        inHand.decrementAndGet();
    }

    /** Parents that are to get a note, at most as long as merges go on; 0 until that is known. */
    public long parentsTotal() {
        return parentsTotal;
    }

    /** Parents that were dealt with. */
    public long parentsDone() {
        return parents.get();
    }

    /** Requests that were rejected before anything was applied. */
    public long rejectedAtOnce() {
        return rejectedAtOnce;
    }

    /** Requests and notes that are being worked on. */
    public int inHand() {
        return inHand.get();
    }

    void waitsFor(int inDoubt, Instant until) {
        waiting = new Waiting(inDoubt, inDoubt == 0 ? null : until);
    }

    /** What the run waits for. */
    public Waiting waiting() {
        return waiting;
    }

    /** The step that is running, by its name in Spring Batch's tables. */
    public String step() {
        return step;
    }

    /** Requests to be dealt with; 0 until that is known. */
    public long total() {
        return total;
    }

    /** Requests that were dealt with: merged, failed, or rejected. */
    public long done() {
        return merged.get() + failed.get() + rejected.get();
    }

    /** Of those, the ones that were not merged. */
    public long notMerged() {
        return failed.get() + rejected.get();
    }
}
