package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what Intercom's clock shows, because the windows of the rate limit begin and end by that clock.
 *
 * <p>Each answer was written between sending and receiving, and says at least roughly when by Intercom's clock. That bounds the
 * difference between the clocks from both sides; a few hundred answers bound it to about a round trip. Both bounds are kept,
 * because it depends on the question which of them is the cautious one.
 */
final class ServerClock {
    /** A clock may gain or lose 1/2000 of the elapsed time on another one: 500 ppm, as much as NTP slews. */
    private static final long DRIFT = 2_000;

    private static final Duration AHEAD = Duration.ofSeconds(5);

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
            atLeast = Collections.max(List.of(least, atLeast.minus(drift)));
            atMost = Collections.min(List.of(most, atMost.plus(drift)));
        }
        if (atLeast.compareTo(atMost) > 0) {
            // One of the clocks was set, so only the newest answer counts.
            atLeast = least;
            atMost = most;
        }
        seen = received;
    }

    /** The earliest time that Intercom's clock can show. */
    Instant earliest(Instant now) {
        return now.plus(atLeast);
    }

    /** The latest time that Intercom's clock can show, as far as it is believed to be ahead of the earliest. */
    Instant latest(Instant now) {
        Instant believed = earliest(now).plus(AHEAD);
        Instant latest = now.plus(atMost);
        return latest.isAfter(believed) ? believed : latest;
    }
}
