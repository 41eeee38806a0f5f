package com.convmerge.batch;

import java.util.concurrent.atomic.AtomicLong;

/** How far one run is. */
public final class RunProgress {
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long total;
    private volatile String step = "starting";

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

    /** The step that is running, by its name in Spring Batch's tables. */
    public String step() {
        return step;
    }

    /** Requests to be applied; 0 until that is known. */
    public long total() {
        return total;
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
