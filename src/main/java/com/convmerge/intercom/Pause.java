package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which Intercom lets no call of ours leave.
 *
 * @param since when it began, by the steady clock; of several in a row, when the first one began
 * @param until when it ends, by the steady clock
 * @param asks how Intercom says so, such as {@code Retry-After of 300 s}
 */
record Pause(Instant since, Instant until, String asks) {
    /** A pause up to this long is part of working along the limit, whose windows take ten seconds. */
    static final Duration USUAL = Duration.ofSeconds(15);

    Duration length() {
        return Duration.between(since, until);
    }

    /** Whether it is worth a word. */
    boolean isLong() {
        return length().compareTo(USUAL) > 0;
    }
}
