package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import java.util.Optional;

/**
 * What must be written down before a call that changes something may leave. It is asked for each try, when the call's turn has come
 * and nothing is left to wait for: what was written down long before a call leaves may have become wrong meanwhile.
 */
@FunctionalInterface
public interface Departure {
    /** Writes it down; returns why the call must not leave, or empty if it may. */
    Optional<Failure> prepare();

    /** For a call of which nothing needs to be written down, because it may be repeated. */
    Departure REPEATABLE = Optional::empty;
}
