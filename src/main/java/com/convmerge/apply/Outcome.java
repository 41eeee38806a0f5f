package com.convmerge.apply;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import java.util.function.Function;

/**
 * What came of applying something at Intercom.
 *
 * @param <T> what a success gives
 */
public sealed interface Outcome<T> {
    /** It is as it was asked for. */
    record Done<T>(T value) implements Outcome<T> {}

    /** An operation failed; {@code failure} says whether another try can help, and whether the run can go on. */
    record Failed<T>(OperationKind operation, Failure failure) implements Outcome<T> {}

    /**
     * Nobody knows yet whether an operation has happened. It must be looked for again.
     *
     * @param since when its last call had ended for sure, by the steady clock
     * @param isJustSent whether that call was made just now, so that its failure says something about Intercom
     */
    record InDoubt<T>(OperationKind operation, Failure failure, Instant since, boolean isJustSent)
            implements Outcome<T> {}

    /** Goes on with the value, or with what came instead of it. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> mapping) {
        if (this instanceof Done<T> done) {
            return new Done<>(mapping.apply(done.value()));
        }
        if (this instanceof Failed<T> failed) {
            return new Failed<>(failed.operation(), failed.failure());
        }
        InDoubt<T> open = (InDoubt<T>) this;
        return new InDoubt<>(open.operation(), open.failure(), open.since(), open.isJustSent());
    }
}
