package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which clock measures a wait, and which one says until when it lasts. */
class RateLimiterClocksTest {
    private static final Instant NOON = Instant.parse("2026-08-21T12:00:00Z");

    private final TestClock clock = new TestClock(NOON);
    private final RateLimitWindow window = new RateLimitWindow();
    private final List<Duration> slept = new ArrayList<>();

    @Test
    void a_pause_that_the_permit_does_not_wait_for_is_given_up_at_once() throws InterruptedException {
        List<Instant> asked = new ArrayList<>();
        CallPermit stopping = new CallPermit() {
            @Override
            public boolean mayWaitUntil(Instant until) {
                asked.add(until);
                return false;
            }
        };
        window.refused(NOON, RateHeaders.read(name -> name.equals("Retry-After") ? "300" : null, NOON));
        clock.jump(Duration.ofHours(2));

        assertThat(limiter(stopping).acquire()).contains(Intercom.halted());
        assertThat(slept).isEmpty();
        assertThat(asked).as("by the wall clock").containsExactly(NOON.plusSeconds(7_500));
    }

    @Test
    void a_wall_clock_that_is_set_changes_no_wait() throws InterruptedException {
        RateLimiter limiter = limiter(new TestPermit());
        limiter.acquire();
        clock.jump(Duration.ofHours(-1));

        assertThat(limiter.acquire()).isEmpty();
        clock.jump(Duration.ofHours(3));
        assertThat(limiter.acquire()).isEmpty();
        assertThat(slept).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
    }

    private RateLimiter limiter(CallPermit permit) {
        return new RateLimiter(window, permit, clock, clock.steady(), this::sleep, Duration.ofMinutes(10));
    }

    private void sleep(Duration duration) {
        slept.add(duration);
        clock.advance(duration);
    }
}
