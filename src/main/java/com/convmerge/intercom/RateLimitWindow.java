package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next call may leave, so that the rate limit is used fully and never exceeded.
 *
 * <p>This is pure arithmetic over the last headers and a steady clock that is passed in; it never waits itself. Intercom grants a
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
    /** The time between calls as long as no answer has reported a limit. */
    private static final Duration UNKNOWN_SPACING = Duration.ofMillis(250);

    /** The line ends 1/50 of a window before the window does, so that the last calls arrive inside it. */
    private static final long EARLY = 50;

    private final ServerClock serverClock = new ServerClock();
    private final Standstill standstill = new Standstill();
    private @Nullable Instant windowEnds;
    /** The end of the last window that an answer reported; {@link #windowEnds} may be later, as it is computed here. */
    private Instant reportedEnds = Instant.MIN;
    /** When the window began, by our clock. */
    private Instant begun = Instant.MIN;

    private final WindowLength length = new WindowLength();
    private long limit;
    /** Calls of this window that have ended, whoever made them. */
    private long used;
    /** Calls that were released and have not ended. */
    private long inFlight;
    /** How many of both are ours. */
    private long ours;

    private final OtherApps otherApps = new OtherApps();

    private Instant notBefore = Instant.EPOCH;
    private long taken;

    /**
     * Takes a call from the window; each call taken must be reported by {@link #answered} or {@link #lost}.
     *
     * @return zero if the call may leave now, and is counted; otherwise how long to wait before asking again
     */
    synchronized Duration take(Instant now) {
        Instant earliest = standstill.at(now).map(Pause::until).orElse(notBefore);
        if (now.isBefore(earliest)) {
            return Duration.between(now, earliest);
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
                || !WindowLength.isPossible(Duration.between(serverNow, ends))) {
            if (headers.remaining() != null && headers.remaining() <= 0 && ends != null) {
                standstill.usedUp(receivedAt, Duration.between(serverNow, ends));
            }
            lost(sentAt);
            return;
        }
        length.learn(Duration.between(serverNow, ends), date == null);
        if (date == null) {
            // This is all that is known about Intercom's clock: the window has begun and has not ended.
            serverClock.observe(sentAt, receivedAt, ends.minus(length.get()), ends);
        }
        if (WindowLength.isNext(ends, reportedEnds)) {
            reportedEnds = ends;
            if (!ends.equals(windowEnds)) {
                begin(ends, receivedAt);
            }
        }
        if (ends.equals(reportedEnds)) {
            limit = Math.max(0, headers.limit());
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
     * Honours a 429, which calls of other apps can cause, or a 503 with {@code Retry-After}: no call leaves until the window has
     * ended, or for as long as the answer asks. To be called after {@link #answered}.
     */
    synchronized void refused(Instant now, RateHeaders headers) {
        otherApps.refused();
        Instant ends = headers.windowEnds() == null ? windowEnds : headers.windowEnds();
        standstill.refused(
                now, headers.retryAfter(), ends == null ? null : Duration.between(serverClock.earliest(now), ends));
    }

    /** Learns from any other answer, after {@link #answered}, that calls are granted; unless the limit is 0. */
    synchronized void granted(Instant now, RateHeaders headers) {
        if (headers.limit() == null || headers.limit() > 0) {
            standstill.grants();
        } else {
            standstill.grantsNothing(now, windowEnds == null ? WindowLength.DOCUMENTED : untilEnd(now));
        }
    }

    /** The pause that keeps calls from leaving at {@code now}; empty if they wait for their turn and for nothing else. */
    synchronized Optional<Pause> pause(Instant now) {
        Optional<Pause> asked = standstill.at(now);
        if (asked.isPresent() || windowEnds == null) {
            return asked;
        }
        turnWindow(now);
        Pause spent = new Pause(now, now.plus(untilEnd(now)), Standstill.USED_UP);
        return used + inFlight < usable() ? Optional.empty() : Optional.of(spent);
    }

    /**
     * How long, from {@code now} by the steady clock on, Intercom still lets no call leave; empty if calls leave, or wait for less than
     * the usual seconds.
     */
    public Optional<Duration> standsStill(Instant now) {
        return pause(now).filter(Pause::isLong).map(pause -> Duration.between(now, pause.until()));
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
        return length.get();
    }

    /** Calls released since the start. */
    synchronized long taken() {
        return taken;
    }

    private void turnWindow(Instant now) {
        Instant ends = Objects.requireNonNull(windowEnds);
        Instant serverNow = serverClock.earliest(now);
        if (serverNow.isBefore(ends)) {
            return;
        }
        long over = Duration.between(ends, serverNow).toNanos() / length.get().toNanos();
        begin(ends.plus(length.get().multipliedBy(over + 1)), now);
    }

    private void begin(Instant ends, Instant now) {
        otherApps.windowEnded(others(), limit);
        windowEnds = ends;
        begun = now;
        used = 0;
        ours = inFlight;
    }

    /** How many calls of this window are not ours, as far as the answers reported them. */
    private long others() {
        return Math.max(0, used + inFlight - ours);
    }

    /** How many calls of this window may be used in all. */
    private long usable() {
        // At least one call, because a limit of 0 would never be read again otherwise.
        return Math.max(1, limit - otherApps.reserve(others(), limit));
    }

    /** How long it is until the window has ended for sure. */
    private Duration untilEnd(Instant now) {
        return Duration.between(serverClock.earliest(now), Objects.requireNonNull(windowEnds));
    }

    /** How long it is until the next call of this window is due. */
    private Duration untilDue(Instant now) {
        Instant ends = Objects.requireNonNull(windowEnds);
        long counted = used + inFlight;
        long usable = usable();
        if (counted >= usable) {
            return untilEnd(now);
        }
        // A call that leaves when Intercom's clock says at most T arrives there at T or later.
        Instant serverNow = serverClock.latest(now);
        long line = length.get().toNanos() - length.get().toNanos() / EARLY;
        Instant due = ends.minus(length.get()).plusNanos(line / usable * counted);
        return serverNow.isBefore(due) ? Duration.between(serverNow, due) : Duration.ZERO;
    }
}
