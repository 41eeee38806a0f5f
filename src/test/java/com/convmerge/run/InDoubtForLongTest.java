package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.NO_WAIT;
import static com.convmerge.run.NoteInDoubt.SETTLE_TIME;
import static com.convmerge.run.NoteInDoubt.calls;
import static com.convmerge.run.NoteInDoubt.inState;
import static com.convmerge.run.NoteInDoubt.late;
import static com.convmerge.run.NoteInDoubt.nextAttempt;
import static com.convmerge.run.NoteInDoubt.noteOn;
import static com.convmerge.run.NoteInDoubt.readOf;
import static com.convmerge.run.NoteInDoubt.stop;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryFilter;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A note in doubt stays in doubt for the settle time, whichever command goes on with it, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class InDoubtForLongTest {
    private static final RetryFilter ALL = new RetryFilter(List.of(), null, null);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_restart_at_once_after_sigterm_looks_for_the_note_and_does_not_send_a_second_one() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            endedDuringTheNote(night, Duration.ofSeconds(30));
            assertThat(inState(night, "IN_DOUBT")).isEqualTo(1);

            restart(night);

            assertMergedWithOneNote(night, 1);
        }
    }

    @Test
    void a_restart_at_once_after_kill_9_looks_for_the_note_and_does_not_send_a_second_one() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            endedDuringTheNote(night, Duration.ofSeconds(30));
            asAKillLeavesIt(night);

            restart(night);

            assertMergedWithOneNote(night, 1);
        }
    }

    @Test
    void a_new_run_some_minutes_after_kill_9_does_not_send_a_second_one_either() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            endedDuringTheNote(night, Duration.ofMinutes(14));
            asAKillLeavesIt(night);
            night.clock.advance(Duration.ofMinutes(5));

            try (BatchFixture next = night.again()) {
                assertThat(next.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }

            assertMergedWithOneNote(night, 1);
        }
    }

    @Test
    void a_run_that_was_killed_twice_waits_no_longer_than_one_that_was_killed_once() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            endedDuringTheNote(night, Duration.ofMinutes(10));
            asAKillLeavesIt(night);
            Instant firstRestart = night.clock.instant().plusSeconds(1);
            night.sandbox.faults(NoteInDoubt.atFirst(readOf(11), () -> stop(night)));
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.STOPPED);

            restart(night);

            assertMergedWithOneNote(night, 1);
            assertThat(night.clock.instant()).isBeforeOrEqualTo(firstRestart.plus(SETTLE_TIME));
        }
    }

    @Test
    void what_timed_out_and_is_released_and_run_at_once_is_looked_for_and_not_sent_a_second_time() {
        try (BatchFixture night = BatchFixture.on(kind.create(), "convmerge.intercom.call-timeout=3s")) {
            long request = night.ask(1, 11);
            late(night, 11, Fault.TIMEOUT_AFTER, Duration.ofSeconds(90));
            assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.part(Retries.class).release(ALL)).containsExactly(request);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertMergedWithOneNote(night, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runs_within_the_settle_time_only_read_whatever_the_backoff(boolean happens) {
        try (BatchFixture night = BatchFixture.on(kind.create(), "convmerge.retries.backoff=0s,0s,0s,0s,0s,0s")) {
            night.ask(1, 11);
            if (happens) {
                late(night, 11, Fault.GATEWAY_504_AFTER, Duration.ofMinutes(14));
            } else {
                night.sandbox.faults(FaultPlan.on(noteOn(11), Fault.GATEWAY_504_BEFORE));
            }
            night.run(NO_WAIT);
            Instant called = calls(night, noteOn(11)).get(0).at();

            while (night.clock.instant().isBefore(called.plus(Duration.ofMinutes(12)))) {
                int reads = calls(night, readOf(11)).size();
                night.clock.advance(Duration.ofMinutes(3));
                night.part(Retries.class).release(ALL);
                assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

                assertThat(calls(night, noteOn(11))).hasSize(1);
                assertThat(calls(night, readOf(11))).hasSizeGreaterThan(reads);
                assertThat(nextAttempt(night)).isEqualTo(called.plus(SETTLE_TIME));
            }

            night.clock.set(called.plus(SETTLE_TIME));
            night.run(NO_WAIT);
            assertMergedWithOneNote(night, happens ? 1 : 2);
        }
    }

    @Test
    void a_doubt_in_the_retry_table_is_not_due_before_the_settle_time_is_over_whatever_the_backoff() {
        try (BatchFixture night = BatchFixture.on(kind.create(), "convmerge.retries.backoff=0s,0s")) {
            long request = night.ask(1, 11);
            late(night, 11, Fault.DROP_AFTER, Duration.ofMinutes(1));
            night.run(NO_WAIT);
            Instant called = calls(night, noteOn(11)).get(0).at();
            assertThat(night.status(request)).isEqualTo("RETRY");
            assertThat(nextAttempt(night)).isEqualTo(called.plus(SETTLE_TIME));

            night.clock.set(called.plus(SETTLE_TIME).minusSeconds(2));
            night.run();
            assertThat(night.status(request)).isEqualTo("RETRY");
            night.run();

            assertMergedWithOneNote(night, 1);
        }
    }

    /** The note is answered 504 while the program is being ended, and appears later. */
    private static void endedDuringTheNote(BatchFixture night, Duration late) {
        night.ask(1, 11);
        late(night, 11, Fault.GATEWAY_504_AFTER, late);
        FaultPlan answer = FaultPlan.on(noteOn(11), Fault.GATEWAY_504_AFTER);
        night.sandbox.faults(NoteInDoubt.atFirst(noteOn(11), () -> stop(night)).and(answer));
        assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.STOPPED);
        assertThat(night.standings()).containsOnlyKeys("PENDING");
        assertThat(written(night, 11)).isEmpty();
        night.sandbox.faults(FaultPlan.none());
    }

    /** Turns the tables into those of a program that was killed before the answer. */
    private static void asAKillLeavesIt(BatchFixture night) {
        night.jdbc
                .sql("UPDATE merge_operation SET state = 'SENT', settled_at = NULL, http_status = NULL, code = NULL,"
                        + " message = NULL")
                .update();
        night.jdbc
                .sql("UPDATE batch_job_execution SET status = 'STARTED', exit_code = 'UNKNOWN', end_time = NULL")
                .update();
        night.jdbc
                .sql("UPDATE batch_step_execution SET status = 'STARTED', exit_code = 'EXECUTING', end_time = NULL"
                        + " WHERE status <> 'COMPLETED'")
                .update();
    }

    private static void restart(BatchFixture night) {
        try (BatchFixture next = night.again()) {
            assertThat(next.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        }
    }

    private static void assertMergedWithOneNote(BatchFixture night, int sent) {
        assertThat(night.standings()).containsOnlyKeys("MERGED");
        assertThat(written(night, 11)).hasSize(1);
        assertThat(calls(night, noteOn(11))).hasSize(sent);
        Invariants.hold(night);
    }
}
