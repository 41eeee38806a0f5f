package com.convmerge.intercom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Callers, a network and a server with a rate limit, event by event: hours of it take no time, and the same seed gives
 * the same run. All times are nanoseconds from the start by our clock.
 */
final class RateSimulation {
    /** How one of the server's windows went. */
    static final class Window {
        long limit;
        long used;
        long byOthers;
        long refused;

        /** The share that we used of what others left. */
        double share() {
            return (double) used / (limit - byOthers);
        }
    }

    private record Event(long at, long number, Runnable what) {}

    private static final Instant START = Instant.parse("2026-08-21T01:00:00Z");
    private static final long MILLI = 1_000_000;
    private static final long NAP = 250 * MILLI;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final Random random = new Random(42);
    private final RateLimitWindow budget = new RateLimitWindow();
    private final Map<Long, Window> windows = new TreeMap<>();
    private long now;
    private long number;
    private boolean asking;

    // The scene.
    private long skew;
    private boolean date = true;
    private boolean dateAtEnd;
    private long window = 10_000 * MILLI;
    private LongUnaryOperator limit = index -> 1_666;
    private long up = 20 * MILLI;
    private long down = 20 * MILLI;
    private long work = 60 * MILLI;
    private long jitter;
    private double slowShare;
    private double lostShare;
    private int callers = 64;
    private long begins;
    private long idleFrom = Long.MAX_VALUE;
    private long idleTo = Long.MAX_VALUE;

    /** How far the server's clock is ahead of ours. */
    RateSimulation skew(Duration ahead) {
        skew = ahead.toNanos();
        return this;
    }

    RateSimulation withoutDate() {
        date = false;
        return this;
    }

    /** The Date header is written when the work is done and not when the call arrives. */
    RateSimulation dateAtEnd() {
        dateAtEnd = true;
        return this;
    }

    RateSimulation window(Duration length) {
        window = length.toNanos();
        return this;
    }

    RateSimulation limit(long calls) {
        return limit(index -> calls);
    }

    /** A limit for each window, counted from 0. */
    RateSimulation limit(LongUnaryOperator ofWindow) {
        limit = ofWindow;
        return this;
    }

    RateSimulation latency(int upMillis, int workMillis, int downMillis) {
        up = upMillis * MILLI;
        work = workMillis * MILLI;
        down = downMillis * MILLI;
        return this;
    }

    /** Up to so much more on the way there, and as much on the way back. */
    RateSimulation jitter(int millis) {
        jitter = millis * MILLI;
        return this;
    }

    /** A share of all calls takes 600 ms longer at the server. */
    RateSimulation slow(double share) {
        slowShare = share;
        return this;
    }

    /** A share of all calls is counted by the server, but its answer never comes; noticed after a second. */
    RateSimulation lost(double share) {
        lostShare = share;
        return this;
    }

    RateSimulation callers(int count) {
        callers = count;
        return this;
    }

    /** Our first call leaves so long after one of the server's windows began. */
    RateSimulation begins(Duration intoWindow) {
        begins = intoWindow.toNanos();
        return this;
    }

    /** Nobody wants to call between these times after the start. */
    RateSimulation idle(Duration from, Duration to) {
        idleFrom = from.toNanos();
        idleTo = to.toNanos();
        return this;
    }

    /** Other apps make {@code calls} at this time into each window. */
    RateSimulation others(Duration intoWindow, int calls) {
        for (long i = 0; i < 100; i++) {
            at(i * window - begins + intoWindow.toNanos(), () -> othersCall(calls));
        }
        return this;
    }

    private void othersCall(int calls) {
        Window present = present();
        present.byOthers += Math.min(calls, present.limit - present.used - present.byOthers);
    }

    /** Runs {@code windows} of the server's windows to their end and tells how they went. */
    Map<Long, Window> run(int count) {
        for (int i = 0; i < callers; i++) {
            at(0, this::want);
        }
        long end = count * window - begins;
        while (!events.isEmpty() && events.element().at() < end) {
            Event event = events.remove();
            now = event.at();
            event.what().run();
        }
        return windows;
    }

    long refused() {
        return windows.values().stream().mapToLong(each -> each.refused).sum();
    }

    RateLimitWindow budget() {
        return budget;
    }

    private void at(long time, Runnable what) {
        if (time >= 0) {
            events.add(new Event(time, number++, what));
        }
    }

    /** By our clock. */
    private Instant ours(long time) {
        return START.plusNanos(time + begins - skew);
    }

    /** Since a window's start: windows begin at multiples of their length by the server's clock. */
    private long serverNow() {
        return now + begins;
    }

    private Window present() {
        long index = Math.floorDiv(serverNow(), window);
        Window present = windows.computeIfAbsent(index, i -> new Window());
        present.limit = limit.applyAsLong(index);
        return present;
    }

    /** A caller joins the queue. */
    private void want() {
        if (now >= idleFrom && now < idleTo) {
            at(idleTo, this::want);
            return;
        }
        queue.add(this::send);
        if (!asking) {
            ask();
        }
    }

    /** The first of the queue asks the budget, as at the turnstile. */
    private void ask() {
        asking = false;
        while (!queue.isEmpty()) {
            Duration wait = budget.take(ours(now));
            if (!wait.isZero()) {
                asking = true;
                at(now + Math.min(wait.toNanos(), NAP), this::ask);
                return;
            }
            queue.remove().run();
        }
    }

    private void send() {
        long sent = now;
        at(now + up + extra(), () -> arrive(sent));
    }

    private void arrive(long sent) {
        Window present = present();
        boolean allowed = present.used + present.byOthers < present.limit;
        if (allowed) {
            present.used++;
        } else {
            present.refused++;
        }
        if (random.nextDouble() < lostShare) {
            at(now + 1_000 * MILLI, () -> lost(sent));
            return;
        }
        long remaining = Math.max(0, present.limit - present.used - present.byOthers);
        Instant ends = START.plusNanos((Math.floorDiv(serverNow(), window) + 1) * window);
        long worked = allowed ? work + (random.nextDouble() < slowShare ? 600 * MILLI : 0) : 0;
        Instant stamped = START.plusNanos(serverNow() + (dateAtEnd ? worked : 0));
        RateHeaders headers = new RateHeaders(present.limit, remaining, ends, told(stamped), null);
        at(now + worked + down + extra(), () -> answer(sent, headers, allowed));
    }

    private @Nullable Instant told(Instant stamped) {
        return date ? Instant.ofEpochSecond(stamped.getEpochSecond()) : null;
    }

    private void answer(long sent, RateHeaders headers, boolean allowed) {
        budget.answered(ours(sent), ours(now), headers);
        if (allowed) {
            want();
        } else {
            budget.refused(ours(now), headers);
            at(now + 1_000 * MILLI, this::want);
        }
    }

    private void lost(long sent) {
        budget.lost(ours(sent));
        want();
    }

    private long extra() {
        return jitter == 0 ? 0 : random.nextLong(jitter);
    }
}
