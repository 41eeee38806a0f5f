package com.convmerge.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told otherwise; by itself at a full second, which every database stores exactly. */
public final class TestClock extends Clock {
    /** Where one stands if nothing else is said. */
    public static final Instant START = Instant.parse("2026-08-21T01:00:00Z");

    private Instant now;

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

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same clock: nothing that is tested shows local time by its clock. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
