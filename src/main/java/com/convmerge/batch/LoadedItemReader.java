package com.convmerge.batch;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads a list that is loaded when the step begins, outside of any chunk's transaction. */
final class LoadedItemReader<T> implements ItemStreamReader<T> {
    private final BooleanSupplier isEnded;
    private final Supplier<List<T>> source;
    private Iterator<T> items = Collections.emptyIterator();

    /** @param isEnded whether the cancellation ends what the step does */
    LoadedItemReader(BooleanSupplier isEnded, Supplier<List<T>> source) {
        this.isEnded = isEnded;
        this.source = source;
    }

    @Override
    public void open(ExecutionContext executionContext) {
        items = isEnded.getAsBoolean()
                ? Collections.emptyIterator()
                : source.get().iterator();
    }

    @Override
    public @Nullable T read() {
        return isEnded.getAsBoolean() || !items.hasNext() ? null : items.next();
    }
}
