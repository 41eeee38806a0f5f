package com.convmerge.merge;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * A clock that is never set: it measures how long something takes, or is still to take. The wall clock jumps when the machine's time is
 * corrected or the machine was suspended, so it only says what is due and what is shown. As it may stand still while the machine is
 * suspended, this clock does not say what other machines or Intercom did meanwhile.
 *
 * <p>Its instants begin at the wall time of the start and are only good for being compared with each other: they belong into no
 * message and no table.
 */
@FunctionalInterface
public interface SteadyClock {
    Instant instant();

    /** A clock that shows {@code now} and goes on as {@code nanos}, such as {@link System#nanoTime}, does. */
    static SteadyClock startingAt(Instant now, LongSupplier nanos) {
        long start = nanos.getAsLong();
        return () -> now.plusNanos(nanos.getAsLong() - start);
    }

    /** How long ago {@code earlier}, an instant of this clock, was. */
    default Duration since(Instant earlier) {
        return Duration.between(earlier, instant());
    }
}
