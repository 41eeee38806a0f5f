package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunParametersTest {
    /** A survivor found in the very nanosecond in which the run began seemed to be found before it, and nothing was applied. */
    @Test
    void a_run_began_at_an_instant_that_the_tables_can_hold() {
        Instant began = TestClock.START.plusNanos(1_999);

        assertThat(new RunParameters(began, 7, null).startedAt()).isEqualTo(TestClock.START.plusNanos(1_000));
    }

    @Test
    void a_restart_reads_what_the_run_was_started_with() {
        RunParameters run = new RunParameters(TestClock.START, 7, 3L);

        assertThat(RunParameters.of(run.toJobParameters())).isEqualTo(run);
    }
}
