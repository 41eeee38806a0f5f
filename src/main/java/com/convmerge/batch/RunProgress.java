package com.convmerge.batch;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far one run is. */
public final class RunProgress {
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
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

    void begin(String stepName) {
        step = stepName;
    }

    void expect(long requests) {
        total = requests;
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

    /** Requests to be applied; 0 until that is known. */
    public long total() {
        return total;
    }

    /** Requests that were dealt with: merged, failed, or rejected. */
    public long done() {
        return merged.get() + failed.get() + rejected.get();
    }

    /** Of those, the ones that went to the retry table. */
    public long failures() {
        return failed.get();
    }
}
