package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next call may leave, so that the rate limit is used fully and never exceeded.
 *
 * <p>This is pure arithmetic over the last headers and a clock that is passed in; it never waits itself. Intercom grants a
 * number of calls for each window of ten seconds (developers.intercom.com, "Rate limiting"). Within a window calls are released
 * along a straight line up to that number: a late start catches up, and calls of other apps, which show in the remaining quota,
 * move the line. A token bucket is not enough, because capacity and refill together let the calls of up to two windows through
 * in one (measured: 3,660 calls in 12 s where 1,666 a window were granted).
 *
 * <p>The calls used in a window are those that the last answer reported, and every call that is still unanswered: Intercom may
 * have counted it since, or may count it in this window although it left in the previous one. A window ends when an answer
 * reports the next one, or when Intercom's clock is certainly past its end. Quota that stays unused because of that at the
 * beginning of a window is used later in it, as the line catches up.
 *
 * <p>Safe for use by many threads.
 */
public final class RateLimitWindow {
    /** The length of Intercom's windows. A reset that is further away shows that they are longer. */
    private static final Duration WINDOW = Duration.ofSeconds(10);

    /** The time between calls as long as no answer has reported a limit. */
    private static final Duration UNKNOWN_SPACING = Duration.ofMillis(250);

    /** Keeps 1/100 of the quota in reserve for calls of other apps that are not visible yet. */
    private static final long RESERVE = 100;

    /** The line ends 1/50 of a window before the window does, so that the last calls arrive inside it. */
    private static final long EARLY = 50;

    /** A reset that is further away than this cannot be the end of a window. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How far the line may run ahead of the earliest time that Intercom's clock can show. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    /** Without a Date header our clock is assumed to differ from Intercom's by this at most. */
    private static final Duration TRUSTED = Duration.ofSeconds(5);

    private final ServerClock serverClock = new ServerClock();
    private @Nullable Instant windowEnds;
    /** The end of the last window that an answer reported; {@link #windowEnds} may be later, as it is computed here. */
    private Instant reportedEnds = Instant.MIN;
    /** When the window began, by our clock. */
    private Instant begun = Instant.MIN;

    private Duration windowLength = WINDOW;
    private long limit;
    /** Calls of this window that have ended, whoever made them. */
    private long used;
    /** Calls that were released and have not ended. */
    private long inFlight;
    /** How many of both are ours. */
    private long ours;

    private Instant notBefore = Instant.EPOCH;
    private long taken;

    /**
     * Takes a call from the window; each call taken must be reported by {@link #answered} or {@link #lost}.
     *
     * @param now by our clock
     * @return zero if the call may leave now, and is counted; otherwise how long to wait before asking again
     */
    synchronized Duration take(Instant now) {
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
    synchronized void answered(Instant sentAt, Instant receivedAt, RateHeaders headers) {
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
            // This is all that is known about Intercom's clock: the window has begun and has not ended.
            serverClock.observe(sentAt, receivedAt, ends.minus(windowLength), ends);
        }
        if (ends.isAfter(reportedEnds)) {
            reportedEnds = ends;
            if (!ends.equals(windowEnds)) {
                begin(ends, receivedAt);
            }
        }
        if (ends.equals(reportedEnds)) {
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
     * A call has ended without an answer that reports this window. If it left in this window it counts as used: it may have
     * arrived, and a server that answers nobody must not be called at full speed.
     *
     * @param sentAt when the call left, by our clock
     */
    synchronized void lost(Instant sentAt) {
        inFlight--;
        if (!sentAt.isBefore(begun)) {
            used++;
        }
    }

    /**
     * Honours a 429, which calls of other apps can cause: no call leaves until the window has ended, or for as long as the answer
     * asks. To be called after {@link #answered}.
     */
    synchronized void refused(Instant now, RateHeaders headers) {
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

    /** Calls used of the window at {@code now}, by us and, as far as the answers reported it, by others. */
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

    /** Calls released since the start. */
    synchronized long taken() {
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
        // At least one call, because a limit of 0 would never be read again otherwise.
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
