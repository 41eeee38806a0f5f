package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    void a_wait_that_nobody_can_mean_is_not_believed() {
        long in3000Years = START.getEpochSecond() + 3_000 * 365 * 86_400L;
        window.refused(now, headers(Map.of("X-RateLimit-Reset", "" + in3000Years)));
        assertThat(take()).isEqualTo(Duration.ofSeconds(10));
        window.refused(now, headers(Map.of("Retry-After", "99999999999")));
        assertThat(take()).isEqualTo(Duration.ofSeconds(10));
        assertThat(window.standsStill(now)).isEmpty();
    }

    @Test
    void a_wait_of_a_day_is_believed_and_told() {
        window.refused(now, headers(Map.of("Retry-After", "86400")));
        assertThat(take()).isEqualTo(Duration.ofDays(1));
        assertThat(window.standsStill(now)).contains(Duration.ofDays(1));
        now = now.plusSeconds(3_600);
        assertThat(window.standsStill(now)).contains(Duration.ofHours(23));
    }

    @Test
    void a_reset_in_an_hour_lets_calls_go_while_some_remain_and_none_when_none_does() {
        Instant ends = START.plusSeconds(3_600);
        assertThat(take()).isZero();
        answer(now, 1_666, 1_500, ends);
        now = now.plusMillis(250);
        assertThat(take()).isZero();
        answer(now, 1_666, -3, ends);
        assertThat(take()).isEqualTo(Duration.between(now.truncatedTo(ChronoUnit.SECONDS), ends));
        assertThat(window.standsStill(now)).isPresent();
    }

    @Test
    void pauses_in_a_row_count_as_one_until_calls_are_granted() {
        window.refused(now, headers(Map.of("Retry-After", "300")));
        now = now.plusSeconds(301);
        window.refused(now, headers(Map.of("Retry-After", "300")));
        assertThat(window.pause(now)).map(Pause::length).contains(Duration.ofSeconds(601));

        now = now.plusSeconds(301);
        window.granted(now, headers(Map.of()));
        window.refused(now, headers(Map.of("Retry-After", "300")));
        assertThat(window.pause(now)).map(Pause::length).contains(Duration.ofSeconds(300));

        now = now.plusSeconds(1_000);
        window.refused(now, headers(Map.of("Retry-After", "20")));
        assertThat(window.pause(now))
                .as("long after the one before")
                .map(Pause::length)
                .contains(Duration.ofSeconds(20));
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
