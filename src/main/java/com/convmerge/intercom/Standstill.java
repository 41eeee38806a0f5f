package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pauses that Intercom asks for. Those that are longer than usual, and come in a row with nothing granted between them, count
 * as one.
 */
final class Standstill {
    static final String USED_UP = "the limit is used up until X-RateLimit-Reset";

    /** A wait that is longer than this is nonsense and not believed. */
    private static final Duration BELIEVED = Duration.ofDays(7);

    /** How long calls wait after a 429 that does not say it. */
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    /** A pause that is asked for so long after the end of the one before it is no longer in a row with it. */
    private static final Duration APART = Duration.ofMinutes(1);

    private @Nullable Pause asked;
    private boolean isBroken;

    /**
     * Honours a refusal.
     *
     * @param reset how long it is until the window ends; null if nobody knows
     */
    void refused(Instant now, @Nullable Duration retryAfter, @Nullable Duration reset) {
        if (retryAfter != null && isBelieved(retryAfter)) {
            asks(now, retryAfter, String.format(Locale.ROOT, "Retry-After of %,d s", retryAfter.toSeconds()), false);
        } else if (reset != null && isBelieved(reset)) {
            asks(now, reset, USED_UP, false);
        } else {
            asks(now, UNKNOWN, "429 that does not say until when", false);
        }
    }

    /** No call is left, or was ever granted, for so long; a time that nobody can mean is ignored. */
    void usedUp(Instant now, Duration reset) {
        if (isBelieved(reset)) {
            asks(now, reset, USED_UP, false);
        }
    }

    /** No call is granted at all in this window, which ends after {@code reset}. */
    void grantsNothing(Instant now, Duration reset) {
        asks(now, reset, "X-RateLimit-Limit of 0", true);
    }

    /** Calls are granted again, when the present pause is over. */
    void grants() {
        isBroken = true;
    }

    /** The pause that is in force. */
    Optional<Pause> at(Instant now) {
        return Optional.ofNullable(asked).filter(pause -> now.isBefore(pause.until()));
    }

    private static boolean isBelieved(Duration wait) {
        return wait.compareTo(BELIEVED) <= 0;
    }

    /** @param repeated whether it counts with others in a row although it is short */
    private void asks(Instant now, Duration wait, String words, boolean repeated) {
        Pause next = new Pause(now, now.plus(wait), words);
        Pause before = asked;
        // What ends with the window is asked for window after window while other apps use up the limit: that is no
        // standstill.
        boolean lasts = repeated || next.isLong();
        if (before != null) {
            boolean isLonger = next.until().isAfter(before.until());
            if (!lasts && !isLonger) {
                return;
            }
            boolean isInRow = lasts && !isBroken && now.isBefore(before.until().plus(APART));
            // The longer pause stays in force, with the words that asked for it.
            Pause longer = isLonger ? next : before;
            next = isInRow ? new Pause(before.since(), longer.until(), longer.asks()) : longer;
        }
        asked = next;
        isBroken = !lasts;
    }
}
