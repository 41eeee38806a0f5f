package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStatusTest {
    private static final Instant SINCE = Instant.parse("2026-08-21T01:00:00Z");

    @Test
    void the_end_is_expected_as_if_it_went_on_at_the_pace_so_far() {
        assertThat(after(Duration.ofMinutes(10), 1_000, 250).expectedEnd())
                .contains(SINCE.plus(Duration.ofMinutes(40)));
    }

    @Test
    void when_all_is_done_the_end_is_now() {
        assertThat(after(Duration.ofMinutes(10), 1_000, 1_000).expectedEnd())
                .contains(SINCE.plus(Duration.ofMinutes(10)));
    }

    @Test
    void before_the_first_request_is_done_no_end_is_expected() {
        assertThat(after(Duration.ofMinutes(10), 1_000, 0).expectedEnd()).isEmpty();
    }

    @Test
    void while_the_run_stands_still_no_end_is_expected() {
        assertThat(after(Duration.ofMinutes(10), 1_000, 250, SINCE.plusSeconds(900))
                        .expectedEnd())
                .isEmpty();
    }

    @Test
    void while_the_total_is_unknown_no_end_is_expected() {
        assertThat(after(Duration.ofMinutes(10), 0, 7).expectedEnd()).isEmpty();
    }

    @Test
    void the_worker_is_shown_without_the_boot_id_in_its_host_name() {
        RunStatus run = new RunStatus(
                new LeaseOwner(4711, "batch-1/0a1b2c3d/4026531836", "x"),
                SINCE,
                SINCE,
                false,
                null,
                0,
                0,
                0,
                null,
                0,
                0,
                0,
                0);
        assertThat(run.worker()).isEqualTo("pid 4711 on batch-1");
    }

    @Test
    void the_expected_end_counts_the_parents_that_are_still_to_be_told() {
        RunStatus run = after(Duration.ofMinutes(30), 100, 100, null, 60, 30);

        assertThat(run.expectedEnd()).contains(run.readAt().plus(Duration.ofMinutes(3)));
    }

    private static RunStatus after(Duration time, long total, long done) {
        return after(time, total, done, null);
    }

    private static RunStatus after(Duration time, long total, long done, @Nullable Instant waitsUntil) {
        return after(time, total, done, waitsUntil, 0, 0);
    }

    private static RunStatus after(
            Duration time, long total, long done, @Nullable Instant waitsUntil, long parents, long told) {
        return new RunStatus(
                new LeaseOwner(4711, "batch-1", "x"),
                SINCE,
                SINCE.plus(time),
                false,
                "applyMerges",
                total,
                done,
                0,
                waitsUntil,
                0,
                1_666,
                parents,
                told);
    }
}
