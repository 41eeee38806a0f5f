package com.convmerge.batch;

import java.util.concurrent.atomic.AtomicLong;

/** How far the run in this program is; for the progress bar. */
public final class RunProgress {
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long executionId;
    private volatile String step = "starting";

    /** Notes that an execution is under way; 0 for none yet. */
    void executing(long id) {
        executionId = id;
    }

    /** The execution in Spring Batch's tables; 0 as long as there is none. */
    long executionId() {
        return executionId;
    }

    void begin(String stepName) {
        step = stepName;
    }

    void expect(long requests) {
        total.set(requests);
        merged.set(0);
        failed.set(0);
    }

    void merged() {
        merged.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }

    /** The step that is under way, by its name in Spring Batch's tables. */
    public String step() {
        return step;
    }

    /** Requests to be applied; 0 until that is known. */
    public long total() {
        return total.get();
    }

    /** Requests applied, with success or without. */
    public long done() {
        return merged.get() + failed.get();
    }

    /** Of those, the ones that went to the retry table. */
    public long failures() {
        return failed.get();
    }
}
