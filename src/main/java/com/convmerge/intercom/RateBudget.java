package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says when the next call may go, so that the rate limit is used to the full and never run into.
 *
 * <p>Pure arithmetic over the last headers and a clock that is passed in; it never waits itself. Intercom grants so many
 * calls for each window of ten seconds (developers.intercom.com, "Rate limiting"). Within a window calls are let go along a
 * straight line to that figure: a late start catches up, and calls of other apps, seen by what remains, move the line. A
 * token bucket would not do: capacity and refill together let up to two windows' calls through in one (measured: 3,660 of
 * 1,666 granted, in 12 s).
 *
 * <p>Safe for use by many threads.
 */
public final class RateBudget {
    /** The length of Intercom's windows; a longer one is learnt from a reset that is further away. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** Before anything is known calls go one at a time, this far apart. */
    private static final Duration UNKNOWN_SPACING = Duration.ofMillis(250);

    /** One call in so many stays unused, for what crosses the window's edge on its way. */
    private static final long RESERVE = 100;

    private final ServerClock serverClock = new ServerClock();
    private @Nullable Instant windowEnds;
    /** The end of the last window that an answer told of; {@link #windowEnds} runs ahead of it by our own reckoning. */
    private Instant toldEnds = Instant.MIN;

    private Duration windowLength = WINDOW;
    private long limit;
    private long sent;
    private long byOthers;
    private Instant notBefore = Instant.EPOCH;
    private long taken;

    /**
     * Takes a call from the budget.
     *
     * @param now by our clock
     * @return zero if the call may go now, and is counted; else how long to wait before asking again
     */
    public synchronized Duration take(Instant now) {
        if (now.isBefore(notBefore)) {
            return Duration.between(now, notBefore);
        }
        if (windowEnds == null) {
            notBefore = now.plus(UNKNOWN_SPACING);
            taken++;
            return Duration.ZERO;
        }
        Instant serverNow = now.plus(serverClock.ahead());
        turnWindow(serverNow);
        Instant due = due();
        if (serverNow.isBefore(due)) {
            return Duration.between(serverNow, due);
        }
        sent++;
        taken++;
        return Duration.ZERO;
    }

    /**
     * Learns from an answer.
     *
     * @param sentAt when the call left, by our clock
     * @param receivedAt when its answer came, by our clock
     */
    public synchronized void answered(Instant sentAt, Instant receivedAt, RateHeaders headers) {
        if (headers.serverTime() != null) {
            serverClock.observe(sentAt, receivedAt, headers.serverTime());
        }
        if (headers.limit() == null || headers.remaining() == null || headers.windowEnds() == null) {
            return;
        }
        limit = headers.limit();
        Instant serverNow = receivedAt.plus(serverClock.ahead());
        if (headers.windowEnds().isAfter(toldEnds)) {
            toldEnds = headers.windowEnds();
            if (!toldEnds.equals(windowEnds)) {
                Duration left = Duration.between(serverNow, toldEnds);
                windowLength = left.compareTo(WINDOW) > 0 ? left : WINDOW;
                begin(toldEnds);
            }
        }
        if (headers.windowEnds().equals(windowEnds)) {
            byOthers = Math.max(byOthers, limit - headers.remaining() - sent);
        }
    }

    /**
     * Obeys a 429, which other apps can bring about: nothing goes before the window has ended, or for as long as the
     * answer asks. To be called after {@link #answered}.
     */
    public synchronized void refused(Instant now, RateHeaders headers) {
        Instant until = now.plus(WINDOW);
        if (headers.retryAfter() != null) {
            until = now.plus(headers.retryAfter());
        } else if (windowEnds != null) {
            Instant ends = windowEnds.minus(serverClock.ahead());
            until = ends.isAfter(now) ? ends : now.plusSeconds(1);
        }
        notBefore = until.isAfter(notBefore) ? until : notBefore;
    }

    /** Calls used of the window at {@code now}, by us and, as far as the answers told, by others. */
    public synchronized long used(Instant now) {
        if (windowEnds == null) {
            return 0;
        }
        turnWindow(now.plus(serverClock.ahead()));
        return sent + byOthers;
    }

    /** Calls granted for a window by the last answer; 0 before the first. */
    public synchronized long limit() {
        return limit;
    }

    /** Length of a window. */
    public synchronized Duration window() {
        return windowLength;
    }

    /** Calls let go since the start. */
    public synchronized long taken() {
        return taken;
    }

    private void turnWindow(Instant serverNow) {
        Instant ends = Objects.requireNonNull(windowEnds);
        if (serverNow.isBefore(ends)) {
            return;
        }
        long over = Duration.between(ends, serverNow).toNanos() / windowLength.toNanos();
        begin(ends.plus(windowLength.multipliedBy(over + 1)));
    }

    private void begin(Instant ends) {
        windowEnds = ends;
        sent = 0;
        byOthers = 0;
    }

    /** When the next call of this window is due, by Intercom's clock. */
    private Instant due() {
        Instant ends = Objects.requireNonNull(windowEnds);
        long usable = limit - limit / RESERVE;
        long used = sent + byOthers;
        if (used >= usable) {
            return ends;
        }
        Instant began = ends.minus(windowLength);
        return began.plusNanos(windowLength.toNanos() / usable * used);
    }
}
