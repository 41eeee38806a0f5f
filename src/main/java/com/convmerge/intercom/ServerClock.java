package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Intercom's clock may say when ours says {@code now}: the rate limit's windows turn by theirs.
 *
 * <p>Each answer was written between sending and receiving, and says at least roughly when by Intercom's clock: that
 * bounds the difference between the clocks from both sides, and a few hundred answers bound it to about a round trip.
 * The two bounds are kept apart, as it depends on the question which of them is the careful one.
 */
final class ServerClock {
    /** What a clock may gain or lose on another: a second in so many (500 ppm, as much as NTP slews). */
    private static final long DRIFT = 2_000;

    private Duration atLeast = Duration.ZERO;
    private Duration atMost = Duration.ZERO;
    private @Nullable Instant seen;

    /** An answer that was written at {@code from} or later, but before {@code until}, by Intercom's clock. */
    void observe(Instant sent, Instant received, Instant from, Instant until) {
        Duration least = Duration.between(received, from);
        Duration most = Duration.between(sent, until);
        if (seen == null) {
            atLeast = least;
            atMost = most;
        } else {
            Duration drift =
                    received.isAfter(seen) ? Duration.between(seen, received).dividedBy(DRIFT) : Duration.ZERO;
            atLeast = longer(least, atLeast.minus(drift));
            atMost = shorter(most, atMost.plus(drift));
        }
        if (atLeast.compareTo(atMost) > 0) {
            // One of the clocks was set: only the newest answer counts.
            atLeast = least;
            atMost = most;
        }
        seen = received;
    }

    /** Intercom's clock says this or more. */
    Instant earliest(Instant now) {
        return now.plus(atLeast);
    }

    /** Intercom's clock says this or less. */
    Instant latest(Instant now) {
        return now.plus(atMost);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
