package com.convmerge.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that changes only when a test sets or advances it. It starts at a full second, which every database stores exactly. */
public final class TestClock extends Clock {
    /** The time of a new clock if the test gives no other. */
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

    /** Returns the same clock, because no code under test uses a clock to show local time. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
