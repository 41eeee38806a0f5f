package com.convmerge.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Intercom's rate limit: a number of calls in each fixed time window. The windows are aligned to the clock. */
final class RateWindow {
    /**
     * The state of the limit after a call.
     *
     * @param reset when the window ends, in Unix seconds
     */
    record Standing(boolean allowed, int limit, int remaining, long reset) {}

    private static final long WINDOW_SECONDS = 10;
    private static final int WINDOWS_KEPT = 10_000;

    private final Clock clock;
    private final int limit;
    private final ArrayDeque<WindowUse> past = new ArrayDeque<>();
    private WindowUse current;

    RateWindow(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
        current = new WindowUse(Instant.MIN, limit, 0, 0);
    }

    /** Counts one call, as used if the limit allows it and as refused otherwise. */
    synchronized Standing take() {
        roll();
        boolean allowed = current.used() < limit;
        current = current.plusCall();
        long reset = current.start().getEpochSecond() + WINDOW_SECONDS;
        return new Standing(allowed, limit, limit - current.used(), reset);
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

    /** Begins a new window if the current one has ended. */
    private void roll() {
        long now = clock.instant().getEpochSecond();
        Instant start = Instant.ofEpochSecond(now - Math.floorMod(now, WINDOW_SECONDS));
        if (start.equals(current.start())) {
            return;
        }
        if (!current.isEmpty()) {
            if (past.size() == WINDOWS_KEPT) {
                past.removeFirst();
            }
            past.addLast(current);
        }
        current = new WindowUse(start, limit, 0, 0);
    }
}
