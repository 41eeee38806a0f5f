package com.convmerge.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Hands out some values to the first matching calls, one each and in their order. It is thread-safe. */
final class InOrder<T> {
    private final Predicate<Arrival> matching;
    private final List<T> values;
    private final AtomicInteger used = new AtomicInteger();

    @SafeVarargs
    InOrder(Predicate<Arrival> matching, T... values) {
        this.matching = matching;
        this.values = List.of(values);
    }

    /** Returns the value for this call, or empty if it does not match or all values are used up. */
    Optional<T> nextFor(Arrival arrival) {
        if (!matching.test(arrival)) {
            return Optional.empty();
        }
        int next = used.getAndUpdate(n -> Math.min(n + 1, values.size()));
        return next < values.size() ? Optional.of(values.get(next)) : Optional.empty();
    }
}
