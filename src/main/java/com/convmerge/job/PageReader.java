package com.convmerge.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads page after page, each from where the last one ended. It saves no position: a saved one silently lost rows whose status
 * had changed (measured: 50 of 600, with the job COMPLETED); what is left to do is what the rows say.
 *
 * @param <T> the items, which carry the key by which they are ordered
 */
final class PageReader<T> implements ItemReader<T> {
    private final RunBrake brake;
    private final Function<@Nullable T, List<T>> pageAfter;
    private final Deque<T> page = new ArrayDeque<>();
    private @Nullable T last;
    private boolean atEnd;

    /**
     * Reads from one thread.
     *
     * @param pageAfter gives the items after the one given, or the first ones for null; an empty list ends the reading
     */
    PageReader(RunBrake brake, Function<@Nullable T, List<T>> pageAfter) {
        this.brake = brake;
        this.pageAfter = pageAfter;
    }

    @Override
    public @Nullable T read() {
        if (brake.isPulled()) {
            return null;
        }
        if (page.isEmpty() && !atEnd) {
            page.addAll(pageAfter.apply(last));
            atEnd = page.isEmpty();
        }
        T next = page.poll();
        if (next != null) {
            last = next;
        }
        return next;
    }
}
