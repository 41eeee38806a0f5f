package com.convmerge.intercom;

import java.util.Optional;

/**
 * Reads what Intercom answers.
 *
 * @param <T> what it is read into
 */
@FunctionalInterface
interface AnswerReader<T> {
    /** Reads the body of an answer of 2xx. */
    T read(byte[] body);

    /** What it means that the answer redirects to {@code location}, which nobody follows; empty if that is a failure. */
    default Optional<T> redirected(String location) {
        return Optional.empty();
    }
}
