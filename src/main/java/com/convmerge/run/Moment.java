package com.convmerge.run;

import com.convmerge.merge.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The same moment on both clocks. The wall clock may be set back, and the steady one stands still while the machine is suspended, so
 * only both together say that something was lately.
 */
record Moment(Instant wall, Instant steady) {
    static Moment now(Clock clock, SteadyClock steady) {
        return new Moment(clock.instant(), steady.instant());
    }

    /** Whether less than {@code longest} has passed until {@code now}, by either clock. */
    boolean isWithin(Duration longest, Moment now) {
        return Duration.between(wall, now.wall).compareTo(longest) < 0
                && Duration.between(steady, now.steady).compareTo(longest) < 0;
    }
}
