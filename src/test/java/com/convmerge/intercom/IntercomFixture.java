package com.convmerge.intercom;

import com.convmerge.merge.Sleeper;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.TestClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our client as the configuration builds it, with a clock that only its sleeper moves. */
final class IntercomFixture implements AutoCloseable {
    private final TestClock clock = new TestClock(Instant.now());
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private final RateLimitWindow budget = new RateLimitWindow();
    private final Intercom intercom;

    IntercomFixture(URI url) {
        this(url, Duration.ofSeconds(20));
    }

    IntercomFixture(URI url, Duration callTimeout) {
        IntercomProperties properties = new IntercomProperties(
                new AccessToken(Sandbox.TOKEN),
                "us",
                url.toString(),
                "",
                Duration.ofSeconds(5),
                callTimeout,
                4,
                Duration.ofSeconds(1));
        intercom = new IntercomConfiguration().intercom(properties, budget, clock, sleeper());
    }

    IntercomClient conversations() {
        return intercom.conversations();
    }

    Intercom intercom() {
        return intercom;
    }

    Duration sleptInAll() {
        return slept.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Calls that the budget takes for used or under way a minute from now: none, if each was reported to it. */
    long usedAfterAMinute() {
        clock.advance(Duration.ofMinutes(1));
        return budget.used(clock.instant());
    }

    /** The waits of a second and more: those of the budget, before it knows more, are shorter. */
    List<Duration> backoffs() {
        return slept.stream()
                .filter(each -> each.compareTo(Duration.ofSeconds(1)) >= 0)
                .toList();
    }

    private Sleeper sleeper() {
        return duration -> {
            slept.add(duration);
            clock.advance(duration);
        };
    }

    @Override
    public void close() {
        intercom.close();
    }
}
