package com.convmerge.testing;

import com.convmerge.merge.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A wall clock and a steady one that change only when a test sets or advances them. It starts at a full second, which every database stores exactly. */
public final class TestClock extends Clock {
    /** The time of a new clock if the test gives no other. */
    public static final Instant START = Instant.parse("2026-08-21T01:00:00Z");

    private Instant now;
    /** How far the wall clock was set, in all. */
    private Duration jumped = Duration.ZERO;

    private @Nullable String poisoned;

    public TestClock() {
        this(START);
    }

    public TestClock(Instant now) {
        this.now = now;
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** Sets the wall clock forward or back while no time passes. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
        jumped = jumped.plus(by);
    }

    /** The clock that {@link #jump} leaves alone. */
    public SteadyClock steady() {
        return this::steadyInstant;
    }

    /** The wall clock of another machine, which {@link #jump} leaves alone. */
    public Clock ofAnotherMachine() {
        InstantSource source = this::steadyInstant;
        return source.withZone(ZoneOffset.UTC);
    }

    private synchronized Instant steadyInstant() {
        checkPoison();
        return now.minus(jumped);
    }

    /** From now on a thread whose name begins with this runs out of memory when it asks for the time. */
    public synchronized void poison(String threads) {
        poisoned = threads;
    }

    @Override
    public synchronized Instant instant() {
        checkPoison();
        return now;
    }

    private void checkPoison() {
        if (poisoned != null && Thread.currentThread().getName().startsWith(poisoned)) {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns the same clock, because no code under test uses a clock to show local time. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
