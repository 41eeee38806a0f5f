package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** The next occurrence of a time of day in local time, also when clocks change. */
class UntilTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime SIX = LocalTime.of(6, 0);
    private static final LocalTime HALF_PAST_TWO = LocalTime.of(2, 30);

    @Test
    void a_time_that_is_still_to_come_is_today() {
        assertThat(next(SIX, "2026-08-21T01:00+02:00")).isEqualTo("2026-08-21T04:00:00Z");
    }

    @Test
    void a_time_that_has_passed_is_tomorrow() {
        assertThat(next(SIX, "2026-08-21T22:00+02:00")).isEqualTo("2026-08-22T04:00:00Z");
    }

    @Test
    void this_very_time_is_tomorrow() {
        assertThat(next(SIX, "2026-08-21T06:00+02:00")).isEqualTo("2026-08-22T04:00:00Z");
        assertThat(next(SIX, "2026-08-21T05:59:59.999+02:00")).isEqualTo("2026-08-21T04:00:00Z");
    }

    @Test
    void six_in_the_morning_is_six_when_the_clocks_change_at_night() {
        assertThat(next(SIX, "2026-03-28T22:00+01:00")).isEqualTo("2026-03-29T04:00:00Z");
        assertThat(next(SIX, "2026-10-24T22:00+02:00")).isEqualTo("2026-10-25T05:00:00Z");
    }

    @Test
    void a_time_that_the_night_leaves_out_is_an_hour_later_that_night_only() {
        assertThat(next(HALF_PAST_TWO, "2026-03-29T01:00+01:00")).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(next(HALF_PAST_TWO, "2026-03-29T03:40+02:00")).isEqualTo("2026-03-30T00:30:00Z");
    }

    @Test
    void a_time_that_the_night_has_twice_is_the_first_that_is_still_to_come() {
        assertThat(next(HALF_PAST_TWO, "2026-10-25T02:00+02:00")).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(next(HALF_PAST_TWO, "2026-10-25T02:45+02:00")).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(next(HALF_PAST_TWO, "2026-10-25T02:45+01:00")).isEqualTo("2026-10-26T01:30:00Z");
    }

    private static String next(LocalTime time, String now) {
        Instant instant = ZonedDateTime.parse(now).toInstant();
        return Until.next(time, instant, BERLIN).toString();
    }
}
