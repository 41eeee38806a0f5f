package com.convmerge.merge;

import java.time.Duration;

/** Waits; a parameter beside {@link java.time.Clock}, so that no test has to. */
@FunctionalInterface
public interface Sleeper {
    /** The real one. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /** Returns after {@code duration}; throws {@link InterruptedException} if the thread is interrupted meanwhile. */
    void sleep(Duration duration) throws InterruptedException;
}
