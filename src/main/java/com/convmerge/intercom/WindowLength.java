package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;

/** How long Intercom's windows are, as far as their resets have shown. */
final class WindowLength {
    /** The length of Intercom's windows. A reset that is further away shows that they are longer. */
    static final Duration DOCUMENTED = Duration.ofSeconds(10);

    /** A reset that is further away than this ends no window: Intercom's limits are for ten seconds and for a minute. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Without a Date header our clock is assumed to differ from Intercom's by this at most. */
    private static final Duration TRUSTED = Duration.ofSeconds(5);

    /** No answer is so late that its window ended so long before that of another answer. */
    private static final Duration LATEST = Duration.ofMinutes(5);

    private Duration length = DOCUMENTED;

    static boolean isPossible(Duration left) {
        return left.compareTo(LONGEST) <= 0;
    }

    /**
     * Whether the window that ends at {@code ends} comes after that which was reported before: also if Intercom's clock was set back
     * in between, or its window would last for as long as that.
     */
    static boolean isNext(Instant ends, Instant reported) {
        return ends.isAfter(reported) || Duration.between(ends, reported).compareTo(LATEST) > 0;
    }

    /**
     * A window ends after {@code left}.
     *
     * @param isByOurClock whether that is known by our clock only, and not by the answer's Date header
     */
    void learn(Duration left, boolean isByOurClock) {
        if (left.compareTo(length.plus(isByOurClock ? TRUSTED : Duration.ZERO)) > 0) {
            length = Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
        }
    }

    Duration get() {
        return length;
    }
}
