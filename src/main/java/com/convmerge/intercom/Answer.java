package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import java.util.function.Function;

/**
 * The result of a call. A failure is a value, because each caller handles it in its own way.
 *
 * @param <T> what Intercom answers
 */
public sealed interface Answer<T> {
    /** Intercom answered 2xx, and the answer could be read. */
    record Ok<T>(T value, int httpStatus) implements Answer<T> {}

    /** It did not. */
    record Failed<T>(Failure failure) implements Answer<T> {}

    /** Goes on with the value, or with the failure as it is. */
    default <R> Answer<R> map(Function<? super T, ? extends R> mapping) {
        return this instanceof Ok<T> ok
                ? new Ok<>(mapping.apply(ok.value()), ok.httpStatus())
                : new Failed<>(((Failed<T>) this).failure());
    }
}
