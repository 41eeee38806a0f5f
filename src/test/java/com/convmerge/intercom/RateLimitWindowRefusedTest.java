package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long the window lets no call go after a 429. */
class RateLimitWindowRefusedTest extends RateLimitWindowOnClock {
    @Test
    void after_a_429_with_retry_after_no_call_goes_for_so_long() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        window.refused(now, headers(Map.of("Retry-After", "3")));
        assertThat(take()).isEqualTo(Duration.ofSeconds(3));
        now = now.plusSeconds(3);
        assertThat(take()).isZero();
    }

    @Test
    void after_a_429_without_retry_after_no_call_goes_in_this_window() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        window.refused(now, headers(Map.of()));
        assertThat(take()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
    }

    @Test
    void after_a_429_before_anything_is_known_no_call_goes_for_ten_seconds() {
        take();
        window.refused(now, headers(Map.of()));
        assertThat(take()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_429_of_the_last_window_does_not_close_the_present_one() {
        know(1_000, 999);
        now = START.plusSeconds(12);
        take();
        answer(now, 1_000, 999, START.plusSeconds(20));
        window.refused(
                now,
                headers(Map.of("X-RateLimit-Reset", "" + START.plusSeconds(10).getEpochSecond())));
        assertThat(take()).isZero();
    }

    @Test
    void of_two_429s_the_longer_wait_holds() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        window.refused(now, headers(Map.of("Retry-After", "3")));
        window.refused(now, headers(Map.of("Retry-After", "1")));
        assertThat(take()).isEqualTo(Duration.ofSeconds(3));
    }
}
