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
 * <p>What a window has used is what the last answer told, and every call that is still unanswered: it may have been
 * counted since, or be counted in this window although it left in the last. A window is over when an answer tells of
 * the next, or when Intercom's clock is past its end for certain; what that leaves unused at its beginning, the line
 * catches up with.
 *
 * <p>Safe for use by many threads.
 */
public final class RateLimitWindow {
    /** The length of Intercom's windows; a longer one is learnt from a reset that is further away. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** Before anything is known calls go one at a time, this far apart. */
    private static final Duration UNKNOWN_SPACING = Duration.ofMillis(250);

    /** One call in so many of what others leave stays unused, for what they use before we hear of it. */
    private static final long RESERVE = 100;

    /** The line ends this part of a window before its end, so that the last calls arrive inside it. */
    private static final long EARLY = 50;

    /** A reset further off than this is no window's end. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How far the line may run ahead of what Intercom's clock says for certain: without a Date header that is little at first. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** Without a Date header our clock is taken to be right within this. */
    private static final Duration TRUSTED = Duration.ofSeconds(5);

    private final ServerClock serverClock = new ServerClock();
    private @Nullable Instant windowEnds;
    /** The end of the last window that an answer told of; {@link #windowEnds} runs ahead of it by our own reckoning. */
    private Instant toldEnds = Instant.MIN;
    /** When the window was begun here, by our clock. */
    private Instant begun = Instant.MIN;

    private Duration windowLength = WINDOW;
    private long limit;
    /** Calls of this window that are over, whoever made them. */
    private long used;
    /** Calls let go that are not over. */
    private long inFlight;
    /** Of both, those that are ours. */
    private long ours;

    private Instant notBefore = Instant.EPOCH;
    private long taken;

    /**
     * Takes a call from the budget; each call taken is to be reported by {@link #answered} or {@link #lost}.
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
        } else {
            turnWindow(now);
            Duration wait = untilDue(now);
            if (!wait.isZero()) {
                return wait;
            }
        }
        inFlight++;
        ours++;
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
        Instant date = headers.serverTime();
        if (date != null) {
            serverClock.observe(sentAt, receivedAt, date, date.plusSeconds(1));
        }
        Instant ends = headers.windowEnds();
        Instant serverNow = date == null ? receivedAt : date;
        if (headers.limit() == null
                || headers.remaining() == null
                || ends == null
                || ends.isAfter(serverNow.plus(LONGEST))) {
            lost(sentAt);
            return;
        }
        learnLength(Duration.between(serverNow, ends), date == null ? TRUSTED : Duration.ZERO);
        if (date == null) {
            // All that tells the time: this window has begun, and is not over.
            serverClock.observe(sentAt, receivedAt, ends.minus(windowLength), ends);
        }
        if (ends.isAfter(toldEnds)) {
            toldEnds = ends;
            if (!ends.equals(windowEnds)) {
                begin(ends, receivedAt);
            }
        }
        if (ends.equals(toldEnds)) {
            limit = headers.limit();
        }
        if (ends.equals(windowEnds)) {
            inFlight--;
            used = Math.max(used, limit - headers.remaining());
        } else {
            lost(sentAt);
        }
    }

    /**
     * A call is over without an answer that tells of this window. If it left in this window it counts as used: it may
     * have arrived, and a server that answers nobody is not to be called as fast as we can.
     *
     * @param sentAt when the call left, by our clock
     */
    public synchronized void lost(Instant sentAt) {
        inFlight--;
        if (!sentAt.isBefore(begun)) {
            used++;
        }
    }

    /**
     * Obeys a 429, which other apps can bring about: nothing goes before the window has ended, or for as long as the
     * answer asks. To be called after {@link #answered}.
     */
    public synchronized void refused(Instant now, RateHeaders headers) {
        Instant ends = headers.windowEnds() == null ? windowEnds : headers.windowEnds();
        Duration wait = WINDOW;
        if (headers.retryAfter() != null) {
            wait = headers.retryAfter();
        } else if (ends != null) {
            wait = Duration.between(serverClock.earliest(now), ends);
        }
        Instant until = now.plus(wait);
        notBefore = until.isAfter(notBefore) ? until : notBefore;
    }

    /** Calls used of the window at {@code now}, by us and, as far as the answers told, by others. */
    public synchronized long used(Instant now) {
        if (windowEnds == null) {
            return 0;
        }
        turnWindow(now);
        return used + inFlight;
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

    private void learnLength(Duration left, Duration doubt) {
        if (left.compareTo(windowLength.plus(doubt)) > 0) {
            windowLength = Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds());
        }
    }

    private void turnWindow(Instant now) {
        Instant ends = Objects.requireNonNull(windowEnds);
        Instant serverNow = serverClock.earliest(now);
        if (serverNow.isBefore(ends)) {
            return;
        }
        long over = Duration.between(ends, serverNow).toNanos() / windowLength.toNanos();
        begin(ends.plus(windowLength.multipliedBy(over + 1)), now);
    }

    private void begin(Instant ends, Instant now) {
        windowEnds = ends;
        begun = now;
        used = 0;
        ours = inFlight;
    }

    /** How long it is until the next call of this window is due. */
    private Duration untilDue(Instant now) {
        Instant ends = Objects.requireNonNull(windowEnds);
        long counted = used + inFlight;
        long leftByOthers = Math.max(0, limit - Math.max(0, counted - ours));
        // One at least, or a limit of 0 would never be asked about again.
        long usable = Math.max(1, limit - leftByOthers / RESERVE);
        Instant certain = serverClock.earliest(now);
        if (counted >= usable) {
            return Duration.between(certain, ends);
        }
        // A call that leaves when Intercom's clock says at most T arrives there at T or later.
        Instant serverNow = serverClock.latest(now);
        if (serverNow.isAfter(certain.plus(AHEAD))) {
            serverNow = certain.plus(AHEAD);
        }
        long line = windowLength.toNanos() - windowLength.toNanos() / EARLY;
        Instant due = ends.minus(windowLength).plusNanos(line / usable * counted);
        return serverNow.isBefore(due) ? Duration.between(serverNow, due) : Duration.ZERO;
    }
}
