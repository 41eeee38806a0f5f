package com.convmerge.merge;

import java.time.Duration;

/** Waits. It is a parameter, as {@link java.time.Clock} and {@link SteadyClock} are, so that tests never wait. */
@FunctionalInterface
public interface Sleeper {
    /** Really waits. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /** Returns after {@code duration}; throws {@link InterruptedException} if the thread is interrupted meanwhile. */
    void sleep(Duration duration) throws InterruptedException;
}
