package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of a window is left for other apps. */
class OtherAppsTest {
    private static final long LIMIT = 1_000;

    private final OtherApps others = new OtherApps();

    @Test
    void what_they_took_is_left_for_them_less_what_they_have_taken_and_a_hundredth_for_what_is_not_seen_yet() {
        assertThat(others.reserve(0, LIMIT)).isEqualTo(10);

        others.windowEnded(600, LIMIT);

        assertThat(others.reserve(0, LIMIT)).isEqualTo(600 + 10);
        assertThat(others.reserve(400, LIMIT)).isEqualTo(200 + 6);
        assertThat(others.reserve(700, LIMIT)).isEqualTo(3);
        assertThat(others.reserve(1_200, LIMIT)).isZero();
    }

    @Test
    void where_there_was_not_enough_for_all_up_to_half_the_limit_is_left_and_never_less_than_they_took() {
        assertThat(leftAfterRefusal(200)).isEqualTo(400);
        assertThat(leftAfterRefusal(400)).isEqualTo(500);
        assertThat(leftAfterRefusal(900)).isEqualTo(900);
    }

    @Test
    void a_refusal_counts_for_its_own_window_only() {
        leftAfterRefusal(300);

        others.windowEnded(300, LIMIT);

        assertThat(others.reserve(0, LIMIT) - 10).isEqualTo(300);
    }

    private long leftAfterRefusal(long calls) {
        others.refused();
        others.windowEnded(calls, LIMIT);
        return others.reserve(0, LIMIT) - 10;
    }
}
