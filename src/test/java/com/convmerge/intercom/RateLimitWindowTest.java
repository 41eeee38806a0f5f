package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the window lets calls go, at fixed times. {@link RateLimitWindowScenesTest} shows its behaviour over time. */
class RateLimitWindowTest extends RateLimitWindowOnClock {
    @Test
    void before_anything_is_known_calls_go_four_a_second() {
        assertThat(letGoWithin(1_000)).isEqualTo(4);
    }

    @Test
    void the_limit_is_known_after_the_first_answer() {
        assertThat(window.limit()).isZero();
        know(1_666, 1_665);
        assertThat(window.limit()).isEqualTo(1_666);
        assertThat(window.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(window.taken()).isEqualTo(1);
    }

    @Test
    void used_calls_count_until_the_next_window() {
        assertThat(window.used(now)).isZero();
        know(1_666, 1_600);
        take();
        assertThat(window.used(now)).as("66 in the answer and one in flight").isEqualTo(67);
        answer(now, 1_666, 1_599, START.plusSeconds(10));
        assertThat(window.used(now)).isEqualTo(67);
        assertThat(window.used(START.plusSeconds(11))).isZero();
    }

    @Test
    void a_more_distant_reset_means_longer_windows() {
        window.answered(now, now, new RateHeaders(10_000L, 9_999L, START.plusSeconds(60), START, null));
        assertThat(window.window()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void without_a_date_header_a_few_seconds_more_are_taken_for_a_clock_difference() {
        window.answered(now, now, new RateHeaders(1_666L, 1_665L, START.plusSeconds(13), null, null));
        assertThat(window.window()).isEqualTo(Duration.ofSeconds(10));
        window.answered(now, now, new RateHeaders(1_666L, 1_665L, START.plusMillis(59_990), null, null));
        assertThat(window.window()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void calls_go_along_a_straight_line() {
        know(100, 99);
        now = START.plusMillis(300);
        int first = letGoWithin(1_700);
        int second = letGoWithin(2_000);
        assertThat(first).isBetween(18, 31);
        assertThat(second).isBetween(19, 21);
    }

    @Test
    void the_wait_is_until_the_line_is_reached() {
        know(11, 10);
        now = START.plusMillis(4_000);
        letGoWithin(1);
        Instant due = now.plus(take());
        assertThat(take()).isPositive().isLessThan(Duration.ofSeconds(1));
        now = due.minusNanos(1);
        assertThat(take()).isPositive();
        now = due;
        assertThat(take()).isZero();
    }

    @Test
    void a_late_start_catches_up() {
        now = START.plusMillis(8_000);
        know(1_000, 999);
        now = now.plusMillis(250);
        assertThat(letGoWithin(1)).isBetween(800, 970);
    }

    @Test
    void no_call_goes_once_the_window_is_used_up_until_the_next_begins() {
        know(100, 99);
        now = START.plusMillis(9_900);
        assertThat(letGoWithin(1)).isEqualTo(98);
        for (int i = 0; i < 98; i++) {
            answer(now, 100, 1, START.plusSeconds(10));
        }
        assertThat(take()).isPositive();
        now = START.plusMillis(10_000);
        assertThat(take()).as("the Date header has a precision of one second").isPositive();
        now = now.plusMillis(110);
        assertThat(take()).isZero();
    }

    @Test
    void calls_of_other_apps_are_not_used_again() {
        know(100, 39);
        now = START.plusMillis(9_900);
        assertThat(letGoWithin(1)).isEqualTo(39);
    }

    @Test
    void a_call_without_an_answer_stays_counted() {
        know(10, 9);
        now = START.plusMillis(9_900);
        for (int i = 0; i < 9; i++) {
            assertThat(take()).isZero();
            window.lost(now);
        }
        assertThat(take()).isPositive();
    }

    @Test
    void unanswered_calls_count_in_the_next_window_until_their_answer_says_otherwise() {
        know(10, 9);
        now = START.plusMillis(9_900);
        assertThat(letGoWithin(1)).isEqualTo(9);
        Instant sent = now;
        now = START.plusMillis(19_900);
        assertThat(letGoWithin(1)).as("nine may arrive in this window").isEqualTo(1);
        answer(sent, 10, 0, START.plusSeconds(10));
        assertThat(letGoWithin(1)).as("one of them did not").isEqualTo(1);
    }

    @Test
    void a_smaller_limit_is_taken_over_at_once() {
        know(1_000, 999);
        now = START.plusMillis(5_000);
        take();
        answer(now, 100, 40, START.plusSeconds(10));
        assertThat(window.limit()).isEqualTo(100);
        now = START.plusMillis(9_900);
        assertThat(letGoWithin(1)).isEqualTo(40);
    }

    @Test
    void a_late_answer_of_the_last_window_does_not_bring_its_limit_back() {
        know(1_000, 999);
        take();
        Instant sent = now;
        now = START.plusSeconds(12);
        take();
        answer(now, 100, 99, START.plusSeconds(20));
        answer(sent, 1_000, 900, START.plusSeconds(10));
        assertThat(window.limit()).isEqualTo(100);
    }

    @Test
    void a_server_whose_clock_is_set_back_is_followed_at_once() {
        know(1_000, 999);
        now = START.plusSeconds(2);
        assertThat(take()).isZero();
        Instant theirs = now.minusSeconds(3_600);
        window.answered(now, now, new RateHeaders(1_000L, 990L, theirs.plusSeconds(8), theirs, null));

        assertThat(window.used(now)).isEqualTo(10);
        now = now.plusSeconds(1);
        assertThat(take()).isZero();
    }

    @Test
    void an_answer_without_headers_changes_nothing() {
        know(10, 9);
        now = START.plusMillis(9_900);
        take();
        window.answered(now, now, headers(Map.of()));
        assertThat(window.limit()).isEqualTo(10);
        assertThat(letGoWithin(1)).isEqualTo(8);
    }

    @Test
    void an_absurd_reset_is_ignored() {
        take();
        window.answered(now, now, headers(Map.of("X-RateLimit-Reset", "999999999999", "X-RateLimit-Limit", "5")));
        answer(now, 5, 0, Instant.ofEpochSecond(999_999_999_999L));
        assertThat(window.limit()).isZero();
        now = now.plusMillis(250);
        assertThat(take()).isZero();
    }

    @Test
    void a_limit_of_zero_lets_one_call_go_per_window() {
        know(0, 0);
        now = START.plusSeconds(11);
        assertThat(letGoWithin(9_000)).isEqualTo(1);
    }
}
