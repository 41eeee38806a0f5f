package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The budget's arithmetic with a set clock; how it fares over time is in {@link RateLimitWindowScenesTest}. */
class RateLimitWindowTest {
    /** A window's start by Intercom's clock, and by ours: they agree here. */
    private static final Instant START = Instant.parse("2026-08-21T01:00:00Z");

    private final RateLimitWindow budget = new RateLimitWindow();
    private Instant now = START;

    @Test
    void before_anything_is_known_calls_go_four_a_second() {
        assertThat(letGoWithin(1_000)).isEqualTo(4);
    }

    @Test
    void what_is_known_is_told() {
        assertThat(budget.limit()).isZero();
        know(1_666, 1_665);
        assertThat(budget.limit()).isEqualTo(1_666);
        assertThat(budget.window()).isEqualTo(Duration.ofSeconds(10));
        assertThat(budget.taken()).isEqualTo(1);
    }

    @Test
    void what_is_used_is_told_until_the_window_turns() {
        assertThat(budget.used(now)).isZero();
        know(1_666, 1_600);
        take();
        assertThat(budget.used(now)).as("66 told, one in flight").isEqualTo(67);
        answer(now, 1_666, 1_599, START.plusSeconds(10));
        assertThat(budget.used(now)).isEqualTo(67);
        assertThat(budget.used(START.plusSeconds(11))).isZero();
    }

    @Test
    void a_reset_further_away_tells_of_longer_windows() {
        budget.answered(now, now, new RateHeaders(10_000L, 9_999L, START.plusSeconds(60), START, null));
        assertThat(budget.window()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void without_a_date_header_a_few_seconds_more_are_our_clocks() {
        budget.answered(now, now, new RateHeaders(1_666L, 1_665L, START.plusSeconds(13), null, null));
        assertThat(budget.window()).isEqualTo(Duration.ofSeconds(10));
        budget.answered(now, now, new RateHeaders(1_666L, 1_665L, START.plusMillis(59_990), null, null));
        assertThat(budget.window()).isEqualTo(Duration.ofSeconds(60));
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
    void nothing_goes_when_the_window_is_spent_and_all_again_in_the_next() {
        know(100, 99);
        now = START.plusMillis(9_900);
        assertThat(letGoWithin(1)).isEqualTo(98);
        for (int i = 0; i < 98; i++) {
            answer(now, 100, 1, START.plusSeconds(10));
        }
        assertThat(take()).isPositive();
        now = START.plusMillis(10_000);
        assertThat(take()).as("Date says only to the second when that is").isPositive();
        now = now.plusMillis(110);
        assertThat(take()).isZero();
    }

    @Test
    void calls_of_other_apps_are_left_to_them() {
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
            budget.lost(now);
        }
        assertThat(take()).isPositive();
    }

    @Test
    void calls_that_cross_the_edge_count_in_the_next_window_until_their_answer_says_otherwise() {
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
        assertThat(budget.limit()).isEqualTo(100);
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
        assertThat(budget.limit()).isEqualTo(100);
    }

    @Test
    void an_answer_without_headers_changes_nothing() {
        know(10, 9);
        now = START.plusMillis(9_900);
        take();
        budget.answered(now, now, headers(Map.of()));
        assertThat(budget.limit()).isEqualTo(10);
        assertThat(letGoWithin(1)).isEqualTo(8);
    }

    @Test
    void a_reset_of_another_world_is_not_believed() {
        take();
        budget.answered(now, now, headers(Map.of("X-RateLimit-Reset", "999999999999", "X-RateLimit-Limit", "5")));
        answer(now, 5, 0, Instant.ofEpochSecond(999_999_999_999L));
        assertThat(budget.limit()).isZero();
        now = now.plusMillis(250);
        assertThat(take()).isZero();
    }

    @Test
    void a_limit_of_nothing_is_asked_about_once_a_window() {
        know(0, 0);
        now = START.plusSeconds(11);
        assertThat(letGoWithin(9_000)).isEqualTo(1);
    }

    @Test
    void a_429_that_names_a_time_is_obeyed_for_so_long() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        budget.refused(now, headers(Map.of("Retry-After", "3")));
        assertThat(take()).isEqualTo(Duration.ofSeconds(3));
        now = now.plusSeconds(3);
        assertThat(take()).isZero();
    }

    @Test
    void a_429_that_names_none_is_obeyed_to_the_windows_end() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        budget.refused(now, headers(Map.of()));
        assertThat(take()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_100));
    }

    @Test
    void a_429_before_anything_is_known_is_obeyed_for_ten_seconds() {
        take();
        budget.refused(now, headers(Map.of()));
        assertThat(take()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_429_of_the_last_window_does_not_close_the_present_one() {
        know(1_000, 999);
        now = START.plusSeconds(12);
        take();
        answer(now, 1_000, 999, START.plusSeconds(20));
        budget.refused(
                now,
                headers(Map.of("X-RateLimit-Reset", "" + START.plusSeconds(10).getEpochSecond())));
        assertThat(take()).isZero();
    }

    @Test
    void of_two_429s_the_longer_wait_holds() {
        know(1_000, 999);
        now = START.plusSeconds(5);
        budget.refused(now, headers(Map.of("Retry-After", "3")));
        budget.refused(now, headers(Map.of("Retry-After", "1")));
        assertThat(take()).isEqualTo(Duration.ofSeconds(3));
    }

    /** One call, and its answer after 100 ms. */
    private void know(long limit, long remaining) {
        assertThat(take()).isZero();
        Instant sent = now;
        now = now.plusMillis(100);
        answer(sent, limit, remaining, START.plusSeconds(10));
        now = now.plusMillis(150);
    }

    private void answer(Instant sent, long limit, long remaining, Instant ends) {
        RateHeaders headers =
                new RateHeaders(limit, remaining, ends, Instant.ofEpochSecond(now.getEpochSecond()), null);
        budget.answered(sent, now, headers);
    }

    private Duration take() {
        return budget.take(now);
    }

    /** How many go in this time if each asks every millisecond; time passes. */
    private int letGoWithin(int millis) {
        int count = 0;
        for (int i = 0; i < millis; i++) {
            while (count < 10_000 && take().isZero()) {
                count++;
            }
            now = now.plusMillis(1);
        }
        return count;
    }

    private static RateHeaders headers(Map<String, String> values) {
        return RateHeaders.read(name -> valueOf(values, name));
    }

    private static @Nullable String valueOf(Map<String, String> values, String name) {
        return values.get(name);
    }
}
