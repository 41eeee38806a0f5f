package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final Instant NOON = Instant.parse("2026-08-21T12:00:00Z");

    private final ServerClock clock = new ServerClock();

    @Test
    void one_answer_bounds_the_clock_to_a_second_and_the_round_trip() {
        answer(NOON, 100, NOON.plusSeconds(3));

        assertThat(clock.earliest(NOON)).isEqualTo(NOON.plusMillis(2_900));
        assertThat(clock.latest(NOON)).isEqualTo(NOON.plusMillis(4_000));
    }

    @Test
    void many_answers_bound_it_to_about_a_round_trip() {
        long ahead = -2_345;
        for (int i = 0; i < 300; i++) {
            Instant sent = NOON.plusMillis(i * 7L);
            answer(sent, 100, second(sent.plusMillis(50 + ahead)));
        }

        Instant theirs = NOON.plusMillis(ahead);
        assertThat(clock.earliest(NOON)).isBetween(theirs.minusMillis(60), theirs);
        assertThat(clock.latest(NOON)).isBetween(theirs, theirs.plusMillis(60));
    }

    @Test
    void a_clock_that_drifts_is_followed() {
        Instant sent = NOON;
        long drifted = 0;
        for (int i = 0; i < 36_000; i++) {
            sent = NOON.plusMillis(i * 100L);
            drifted = i * 100L / 10_000;
            answer(sent, 20, second(sent.plusMillis(10 - drifted)));
            Instant theirs = sent.plusMillis(-drifted);
            assertThat(clock.earliest(sent)).isBeforeOrEqualTo(theirs);
            assertThat(clock.latest(sent)).isAfterOrEqualTo(theirs);
        }
        assertThat(drifted).as("the total drift in ms").isEqualTo(359);
        assertThat(Duration.between(clock.earliest(sent), clock.latest(sent))).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void a_clock_that_was_set_is_followed_from_the_next_answer() {
        answer(NOON, 100, NOON);
        answer(NOON.plusSeconds(1), 100, NOON.plusSeconds(3_601));

        assertThat(clock.earliest(NOON)).isEqualTo(NOON.plusSeconds(3_600).minusMillis(100));
        assertThat(clock.latest(NOON)).isEqualTo(NOON.plusSeconds(3_601));
    }

    private void answer(Instant sent, long roundTrip, Instant date) {
        clock.observe(sent, sent.plusMillis(roundTrip), date, date.plusSeconds(1));
    }

    private static Instant second(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond());
    }
}
