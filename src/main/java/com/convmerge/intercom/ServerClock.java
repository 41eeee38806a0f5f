package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Intercom's clock says when ours says {@code now}: the rate limit's windows turn by theirs.
 *
 * <p>A {@code Date} header of second {@code D} was written between sending and receiving, at {@code D} or up to a second
 * later: each answer bounds the difference between the clocks, and a few hundred bound it to about a round trip. Ours is
 * believed as far as the bounds allow.
 */
final class ServerClock {
    private @Nullable Duration atLeast;
    private @Nullable Duration atMost;

    void observe(Instant sent, Instant received, Instant serverTime) {
        Duration least = Duration.between(received, serverTime);
        Duration most = Duration.between(sent, serverTime.plusSeconds(1));
        if (atLeast == null || atMost == null) {
            atLeast = least;
            atMost = most;
            return;
        }
        atLeast = least.compareTo(atLeast) > 0 ? least : atLeast;
        atMost = most.compareTo(atMost) < 0 ? most : atMost;
        if (atLeast.compareTo(atMost) > 0) {
            // One of the clocks was set, or drifted through the night: only the newest answer counts.
            atLeast = least;
            atMost = most;
        }
    }

    /** How far Intercom's clock is ahead of ours; negative if it is behind. */
    Duration ahead() {
        if (atLeast != null && atLeast.compareTo(Duration.ZERO) > 0) {
            return atLeast;
        }
        if (atMost != null && atMost.compareTo(Duration.ZERO) < 0) {
            return atMost;
        }
        return Duration.ZERO;
    }
}
