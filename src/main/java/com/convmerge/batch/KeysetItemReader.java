package com.convmerge.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads page after page, each from where the last one ended. It saves no position: a saved one silently lost rows whose status
 * had changed (measured: 50 of 600, with the job COMPLETED); what is left to do is what the rows say.
 *
 * @param <T> the items, which carry the key by which they are ordered
 */
final class KeysetItemReader<T> implements ItemReader<T> {
    private final BooleanSupplier ended;
    private final Function<@Nullable T, List<T>> pageAfter;
    private final Deque<T> page = new ArrayDeque<>();
    private @Nullable T last;
    private boolean atEnd;

    /**
     * Reads from one thread.
     *
     * @param ended whether the brake ends what this step does
     * @param pageAfter gives the items after the one given, or the first ones for null; an empty list ends the reading
     */
    KeysetItemReader(BooleanSupplier ended, Function<@Nullable T, List<T>> pageAfter) {
        this.ended = ended;
        this.pageAfter = pageAfter;
    }

    @Override
    public @Nullable T read() {
        if (ended.getAsBoolean()) {
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
