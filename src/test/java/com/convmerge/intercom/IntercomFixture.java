package com.convmerge.intercom;

import com.convmerge.merge.Sleeper;
import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.settings.AccessToken;
import com.convmerge.settings.ClosedParent;
import com.convmerge.settings.IntercomSettings;
import com.convmerge.settings.Settings;
import com.convmerge.testing.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The connections to one Intercom and a client with a permit of its own. Only sleeping moves the clock, and takes no time. */
final class IntercomFixture implements AutoCloseable {
    /** The longest pause that Intercom may ask for. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final TestClock clock = new TestClock(Instant.now());
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private final RateLimitWindow window = new RateLimitWindow();
    private final TestPermit permit = new TestPermit();
    private final Intercom intercom;
    private final IntercomClient client;

    IntercomFixture(URI url) {
        this(url, Duration.ofSeconds(20));
    }

    IntercomFixture(URI url, Duration callTimeout) {
        intercom = new Intercom(settings(url, callTimeout), window, clock, clock.steady(), sleeper());
        client = intercom.client(permit);
    }

    private static Settings settings(URI url, Duration callTimeout) {
        IntercomSettings intercom = new IntercomSettings(
                new AccessToken(Sandbox.TOKEN),
                "us",
                url.toString(),
                "",
                Duration.ofSeconds(5),
                callTimeout,
                4,
                Duration.ofSeconds(1),
                LONGEST_WAIT);
        return new Settings(
                "merged-duplicate",
                1,
                1,
                List.of(Duration.ZERO),
                new Settings.InDoubt(Duration.ofMinutes(15)),
                "",
                "",
                true,
                true,
                ClosedParent.PROCEED,
                Strategy.LINK,
                "",
                intercom,
                new Settings.Retries(List.of()),
                new Settings.Report(Path.of("reports")));
    }

    IntercomClient client() {
        return client;
    }

    /** The permit of {@link #client()}. */
    TestPermit permit() {
        return permit;
    }

    /** A further client with another permit, as another run of the same program has. */
    IntercomClient client(CallPermit other) {
        return intercom.client(other);
    }

    TestClock clock() {
        return clock;
    }

    Duration totalSleep() {
        return slept.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** How many calls count as used or in flight a minute from now. It is zero if the end of each call was reported. */
    long usedAfterAMinute() {
        clock.advance(Duration.ofMinutes(1));
        return window.used(clock.instant());
    }

    /** The sleeps of a second and more. Those of a rate limiter that knows no limit yet are shorter. */
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
