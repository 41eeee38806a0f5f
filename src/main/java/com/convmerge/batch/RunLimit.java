package com.convmerge.batch;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many requests the partitions of an execution may still take together. */
final class RunLimit {
    private final AtomicLong left;

    RunLimit(@Nullable Long limit) {
        left = new AtomicLong(limit == null ? Long.MAX_VALUE : limit);
    }

    /** Takes up to {@code wanted}; returns how many there were. */
    int take(int wanted) {
        long before = left.getAndUpdate(now -> now - Math.min(now, wanted));
        return (int) Math.min(before, wanted);
    }
}
