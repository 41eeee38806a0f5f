package com.convmerge.apply;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.util.Optional;
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

    /** Goes on with the value, or with the failure as it is. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> mapping) {
        return this instanceof Done<T> done
                ? new Done<>(mapping.apply(done.value()))
                : new Failed<>(((Failed<T>) this).operation(), ((Failed<T>) this).failure());
    }

    /** {@code value}, unless there is a failure. */
    static <T> Outcome<T> of(Optional<Failure> failure, OperationKind operation, T value) {
        return failure.isPresent() ? new Failed<>(operation, failure.get()) : new Done<>(value);
    }
}
