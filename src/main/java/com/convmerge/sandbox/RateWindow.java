package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Intercom's rate limit: a number of calls in each fixed time window. The windows are aligned to the clock. */
final class RateWindow {
    /**
     * The state of the limit after a call.
     *
     * @param reset when the window ends, in Unix seconds, rounded up
     */
    record Standing(boolean allowed, int limit, int remaining, long reset, long secondsLeft) {}

    private static final int WINDOWS_KEPT = 10_000;

    private final Clock clock;
    private final int limit;
    private final long windowMillis;
    private final ArrayDeque<WindowUse> past = new ArrayDeque<>();
    private WindowUse current;

    RateWindow(Clock clock, int limit, Duration window) {
        this.clock = clock;
        this.limit = limit;
        this.windowMillis = window.toMillis();
        current = new WindowUse(Instant.MIN, limit, 0, 0, 0);
    }

    /** Counts one call, as used if the limit allows it and as refused otherwise. */
    synchronized Standing take() {
        long now = roll();
        boolean allowed = current.used() + current.byOthers() < limit;
        current = allowed ? current.plus(1, 0, 0) : current.plus(0, 0, 1);
        long end = current.start().toEpochMilli() + windowMillis;
        int remaining = Math.max(0, limit - current.used() - current.byOthers());
        return new Standing(allowed, limit, remaining, ceilSeconds(end), Math.max(1, ceilSeconds(end - now)));
    }

    /** Counts calls of other apps in the current window. */
    synchronized void useByOthers(int calls) {
        roll();
        current = current.plus(0, calls, 0);
    }

    /** The windows with calls, oldest first, the current one last. */
    synchronized List<WindowUse> windows() {
        roll();
        List<WindowUse> all = new ArrayList<>(past);
        if (!current.isEmpty()) {
            all.add(current);
        }
        return List.copyOf(all);
    }

    /** Begins a new window if the current one has ended; returns the time in milliseconds. */
    private long roll() {
        long now = clock.millis();
        Instant start = Instant.ofEpochMilli(Math.floorDiv(now, windowMillis) * windowMillis);
        if (start.equals(current.start())) {
            return now;
        }
        if (!current.isEmpty()) {
            if (past.size() == WINDOWS_KEPT) {
                past.removeFirst();
            }
            past.addLast(current);
        }
        current = new WindowUse(start, limit, 0, 0, 0);
        return now;
    }

    private static long ceilSeconds(long millis) {
        return Math.floorDiv(millis + 999, 1000L);
    }
}
