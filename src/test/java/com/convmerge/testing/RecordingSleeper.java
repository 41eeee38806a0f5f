package com.convmerge.testing;

import com.convmerge.merge.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does not wait: writes down how long it was to, and puts the clock on by as much. Several threads may use it at once. */
public final class RecordingSleeper implements Sleeper {
    private final TestClock clock;
    private final List<Duration> slept = new CopyOnWriteArrayList<>();

    public RecordingSleeper(TestClock clock) {
        this.clock = clock;
    }

    /** Throws {@link InterruptedException} if the thread is interrupted, as the real one does. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a sleep of " + duration);
        }
        slept.add(duration);
        clock.advance(duration);
    }

    /** How long it was told to wait, in the order it was told. */
    public List<Duration> slept() {
        return List.copyOf(slept);
    }
}
