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
 * Simulates callers, a network and a server with a rate limit. It goes from event to event, so that hours take no time, and the
 * same seed gives the same run. All times are nanoseconds since the start on our clock.
 */
final class RateSimulation {
    private record Event(long at, long number, Runnable action) {}

    private static final Instant START = Instant.parse("2026-08-21T01:00:00Z");
    private static final long MILLI = 1_000_000;
    private static final long NAP = 250 * MILLI;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final Random random = new Random(42);
    private final RateLimitWindow limits = new RateLimitWindow();
    private final Map<Long, SimulatedWindow> windows = new TreeMap<>();
    private long now;
    private long number;
    private boolean asking;

    // The settings of the scene.
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

    /** The server writes the Date header when the work is done and not when the call arrives. */
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

    /** Each way takes a random time of up to {@code millis} longer. */
    RateSimulation jitter(int millis) {
        jitter = millis * MILLI;
        return this;
    }

    /** A share of all calls takes 600 ms longer at the server. */
    RateSimulation slow(double share) {
        slowShare = share;
        return this;
    }

    /** The server counts a share of all calls without answering them. The caller gives up after a second. */
    RateSimulation lost(double share) {
        lostShare = share;
        return this;
    }

    RateSimulation callers(int count) {
        callers = count;
        return this;
    }

    /** How long after the beginning of a window of the server our first call leaves. */
    RateSimulation begins(Duration intoWindow) {
        begins = intoWindow.toNanos();
        return this;
    }

    /** No caller makes a call between these times after the start. */
    RateSimulation idle(Duration from, Duration to) {
        idleFrom = from.toNanos();
        idleTo = to.toNanos();
        return this;
    }

    /** Other apps make {@code calls} calls in each window, so long after it begins. */
    RateSimulation others(Duration intoWindow, int calls) {
        return othersUntil(Duration.ofNanos(100 * window), intoWindow, calls);
    }

    /** The same, in the windows that begin before {@code end}. */
    RateSimulation othersUntil(Duration end, Duration intoWindow, int calls) {
        for (long i = 0; i * window < end.toNanos(); i++) {
            at(i * window - begins + intoWindow.toNanos(), () -> present().callByOthers(calls));
        }
        return this;
    }

    /** Runs until {@code count} windows of the server have ended, and returns them by their number. */
    Map<Long, SimulatedWindow> run(int count) {
        for (int i = 0; i < callers; i++) {
            at(0, this::want);
        }
        long end = count * window - begins;
        while (!events.isEmpty() && events.element().at() < end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        return windows;
    }

    long refused() {
        return windows.values().stream().mapToLong(each -> each.refused).sum();
    }

    private void at(long time, Runnable action) {
        if (time >= 0) {
            events.add(new Event(time, number++, action));
        }
    }

    /** A time of the simulation on our clock. */
    private Instant ours(long time) {
        return START.plusNanos(time + begins - skew);
    }

    /** The server's time. Its windows begin at multiples of their length. */
    private long serverNow() {
        return now + begins;
    }

    private SimulatedWindow present() {
        long index = Math.floorDiv(serverNow(), window);
        SimulatedWindow present = windows.computeIfAbsent(index, i -> new SimulatedWindow());
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

    /** The first of the queue asks whether it may call, as in the rate limiter. */
    private void ask() {
        asking = false;
        while (!queue.isEmpty()) {
            Duration wait = limits.take(ours(now));
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
        SimulatedWindow present = present();
        boolean allowed = present.call();
        if (random.nextDouble() < lostShare) {
            at(now + 1_000 * MILLI, () -> lost(sent));
            return;
        }
        Instant ends = START.plusNanos((Math.floorDiv(serverNow(), window) + 1) * window);
        long worked = allowed ? work + (random.nextDouble() < slowShare ? 600 * MILLI : 0) : 0;
        Instant stamped = START.plusNanos(serverNow() + (dateAtEnd ? worked : 0));
        RateHeaders headers = new RateHeaders(present.limit, present.remaining(), ends, dateHeader(stamped), null);
        at(now + worked + down + extra(), () -> answer(sent, headers, allowed));
    }

    private @Nullable Instant dateHeader(Instant stamped) {
        return date ? Instant.ofEpochSecond(stamped.getEpochSecond()) : null;
    }

    private void answer(long sent, RateHeaders headers, boolean allowed) {
        limits.answered(ours(sent), ours(now), headers);
        if (allowed) {
            want();
        } else {
            limits.refused(ours(now), headers);
            at(now + 1_000 * MILLI, this::want);
        }
    }

    private void lost(long sent) {
        limits.lost(ours(sent));
        want();
    }

    private long extra() {
        return jitter == 0 ? 0 : random.nextLong(jitter);
    }
}
