package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunParametersTest {
    /**
     * The tables store microseconds. If the start kept its nanoseconds, a survivor that is found in the same microsecond would
     * appear to be found before the start, and the run would apply nothing.
     */
    @Test
    void the_start_of_a_run_is_cut_to_the_precision_of_the_tables() {
        Instant began = TestClock.START.plusNanos(1_999);

        assertThat(new RunParameters(began, 7, null, false).startedAt()).isEqualTo(TestClock.START.plusNanos(1_000));
    }

    @Test
    void a_restart_reads_what_the_run_was_started_with() {
        RunParameters run = new RunParameters(TestClock.START, 7, 3L, false);

        assertThat(RunParameters.of(run.toJobParameters())).isEqualTo(run);
        RunParameters verifying = run.verifying(true);
        assertThat(verifying.verify()).isTrue();
        assertThat(RunParameters.of(verifying.toJobParameters())).isEqualTo(verifying);
    }
}
