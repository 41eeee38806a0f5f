package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Intercom's rate limit: so many calls in each fixed window, the windows aligned to the clock. */
final class RateWindow {

    /** What a call is told about the limit. {@code reset} is when the window ends, in Unix seconds, rounded up. */
    record Standing(boolean allowed, int limit, int remaining, long reset, long secondsLeft) {}

    private static final int WINDOWS_KEPT = 10_000;

    private final Clock clock;
    private final int limit;
    private final long windowMillis;
    private final ArrayDeque<WindowUse> past = new ArrayDeque<>();
    private long window = Long.MIN_VALUE;
    private int used;
    private int byOthers;
    private int refused;

    RateWindow(Clock clock, int limit, Duration window) {
        this.clock = clock;
        this.limit = limit;
        this.windowMillis = window.toMillis();
    }

    /** Counts one call of ours if there is room for it. */
    synchronized Standing take() {
        long now = roll();
        boolean allowed = used + byOthers < limit;
        if (allowed) {
            used++;
        } else {
            refused++;
        }
        long end = (window + 1) * windowMillis;
        int remaining = Math.max(0, limit - used - byOthers);
        return new Standing(allowed, limit, remaining, ceilSeconds(end), Math.max(1, ceilSeconds(end - now)));
    }

    /** Counts calls of other apps in the present window. */
    synchronized void useByOthers(int calls) {
        roll();
        byOthers += calls;
    }

    /** The windows in which something happened, oldest first, the present one last. */
    synchronized List<WindowUse> windows() {
        roll();
        List<WindowUse> all = new ArrayList<>(past);
        if (used + byOthers + refused > 0) {
            all.add(present());
        }
        return List.copyOf(all);
    }

    private long roll() {
        long now = clock.millis();
        long current = Math.floorDiv(now, windowMillis);
        if (current == window) {
            return now;
        }
        if (used + byOthers + refused > 0) {
            if (past.size() == WINDOWS_KEPT) {
                past.removeFirst();
            }
            past.addLast(present());
        }
        window = current;
        used = 0;
        byOthers = 0;
        refused = 0;
        return now;
    }

    private WindowUse present() {
        return new WindowUse(Instant.ofEpochMilli(window * windowMillis), limit, used, byOthers, refused);
    }

    private static long ceilSeconds(long millis) {
        return Math.floorDiv(millis + 999, 1000L);
    }
}
