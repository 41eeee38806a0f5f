package com.convmerge.testing;

import com.convmerge.merge.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sleeper that records each duration and advances the clock by it instead of waiting. It is thread-safe. */
public final class RecordingSleeper implements Sleeper {
    private final TestClock clock;
    private final List<Duration> slept = new CopyOnWriteArrayList<>();

    public RecordingSleeper(TestClock clock) {
        this.clock = clock;
    }

    /** Throws {@link InterruptedException} if the thread is interrupted, as the real sleeper does. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a sleep of " + duration);
        }
        slept.add(duration);
        clock.advance(duration);
    }

    /** The durations of all sleeps so far, in their order. */
    public List<Duration> slept() {
        return List.copyOf(slept);
    }
}
