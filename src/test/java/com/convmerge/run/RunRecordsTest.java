package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RunProblem;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecord.Outcome;
import com.convmerge.report.RunRecorder;
import com.convmerge.report.RunRecords;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryFilter;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One run, one record, however often it broke off; and it stays what it was when the run ended. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RunRecordsTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void what_becomes_of_its_requests_later_changes_nothing_in_the_record_of_a_run() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            long missing = night.askOnly(1, 999_999);
            night.run();
            RunRecord before = record(night, 1);
            assertThat(before.summary().merged()).isEqualTo(10);
            assertThat(before.summary().failed()).isEqualTo(1);

            night.part(Retries.class).release(new RetryFilter(List.of(missing), null, null));
            night.sandbox.workspace().addConversation("999999");
            night.ask(1, 777);
            night.run();

            assertThat(record(night, 1)).isEqualTo(before);
            assertThat(record(night, 2).summary().merged()).isEqualTo(2);
            RunProblem problem = night.part(RunRecords.class).problems(1, 10).get(0);
            assertThat(problem.status()).isEqualTo(RequestStatus.FAILED);
            assertThat(problem.now()).isEqualTo(RequestStatus.MERGED);
        }
    }

    @Test
    void a_run_that_broke_off_twice_is_one_record_with_all_that_it_did() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(60);
            for (int time = 0; time < 2; time++) {
                night.sandbox.revokeToken();
                night.sandbox.acceptToken(Sandbox.TOKEN);
                int breakAt = 20 + time * 20;
                night.sandbox.faults(arrival -> arrival.isNote()
                                && night.number("SELECT COUNT(*) FROM merge_request WHERE status = 'MERGED'") >= breakAt
                        ? Optional.of(Fault.UNAUTHORIZED_401)
                        : Optional.empty());
                assertThat((time == 0 ? night.run() : night.restart()).kind()).isEqualTo(RunEnd.Kind.FAILED);
                assertThat(record(night, 1).outcome()).isEqualTo(Outcome.FAILED);
                night.clock.advance(Duration.ofHours(1));
            }
            night.sandbox.faults(FaultPlan.none());

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            RunRecord run = record(night, 1);
            assertThat(night.part(RunRecords.class).last(10)).containsExactly(run);
            assertThat(run.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(run.restarts()).isEqualTo(2);
            assertThat(run.summary().merged()).isEqualTo(60);
            assertThat(run.length()).isGreaterThan(Duration.ofHours(2));
        }
    }

    @Test
    void a_killed_run_stays_killed_with_the_time_when_it_was_last_seen_alive() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(5);
            night.run();
            Instant alive = record(night, 1).endedAt();
            night.jdbc
                    .sql("UPDATE merge_run SET outcome = 'RUNNING', merged = 0")
                    .update();
            night.jdbc
                    .sql("UPDATE batch_job_execution SET status = 'STARTED', exit_code = 'UNKNOWN', end_time = NULL")
                    .update();
            night.clock.advance(Duration.ofDays(1));

            night.run();

            RunRecord killed = record(night, 1);
            assertThat(killed.outcome()).isEqualTo(Outcome.KILLED);
            assertThat(killed.endedAt()).isEqualTo(alive);
            assertThat(killed.summary().merged()).isEqualTo(5);
            assertThat(record(night, 2).outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    /** The database was away at its end, so that its execution is complete or failed and its record is not. */
    @ParameterizedTest
    @CsvSource({"FAILED, FAILED", "UNKNOWN, FAILED", "STOPPED, STOPPED", "COMPLETED, COMPLETED", "STARTED, KILLED"})
    void what_a_run_did_that_could_not_write_down_its_end_is_counted_by_the_next(String status, Outcome outcome) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(5);
            night.run();
            night.jdbc
                    .sql("UPDATE merge_run SET outcome = 'RUNNING', merged = 0, job_execution_id = NULL")
                    .update();
            night.jdbc
                    .sql("UPDATE batch_job_execution SET status = :status")
                    .param("status", status)
                    .update();

            night.run();

            assertThat(record(night, 1).outcome()).isEqualTo(outcome);
            assertThat(record(night, 1).summary().merged()).isEqualTo(5);
        }
    }

    @Test
    void a_run_that_was_killed_before_it_began_leaves_the_one_before_to_be_restarted() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(2);
            night.sandbox.faults(arrival -> arrival.isNote() ? Optional.of(Fault.UNAUTHORIZED_401) : Optional.empty());
            night.run();
            night.sandbox.faults(FaultPlan.none());
            night.part(RunRecorder.class).begin(night.clock.instant().plusSeconds(1), RunRecord.Kind.MERGE);

            RunEnd end = night.restart();

            assertThat(end.run()).isEqualTo(1);
            assertThat(end.kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(record(night, 2).outcome()).isEqualTo(Outcome.KILLED);
            assertThatThrownBy(() -> night.part(RunLauncher.class).restart(2L, RunOptions.ALL, ended -> {}))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageStartingWith("run 2 is KILLED, and had not begun: there is nothing to restart");
        }
    }

    @Test
    void a_run_whose_record_is_another_ones_by_now_writes_no_end_into_it() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.run();
            RunRecord before = record(night, 1);

            night.part(RunRecorder.class).end(1, 1, Outcome.FAILED, "too late", () -> false);

            assertThat(record(night, 1)).isEqualTo(before);
        }
    }

    @Test
    void an_earlier_run_that_was_restarted_and_found_the_database_older_makes_the_next_look_first() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.run();
            night.run();
            night.jdbc
                    .sql("UPDATE batch_job_execution SET status = 'FAILED', exit_code = 'DATABASE_OLDER'"
                            + " WHERE job_execution_id = (SELECT job_execution_id FROM merge_run WHERE id = 1)")
                    .update();
            night.jdbc
                    .sql("UPDATE merge_run SET job_execution_id = 99 WHERE id = 1")
                    .update();

            night.run();

            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution_params WHERE parameter_name = 'verify'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_run_says_that_it_is_alive_while_it_runs() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(5);
            night.run();
            night.jdbc.sql("UPDATE merge_run SET outcome = 'RUNNING'").update();
            Instant later = night.clock.instant().plusSeconds(77).truncatedTo(ChronoUnit.SECONDS);

            night.part(RunRecorder.class).alive(1, later);

            assertThat(record(night, 1).endedAt()).isEqualTo(later);
        }
    }

    @Test
    void numbers_follow_each_other_whatever_spring_batch_counts() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(1);
            night.run();
            night.jdbc
                    .sql("ALTER SEQUENCE batch_job_execution_seq RESTART WITH 33")
                    .update();

            assertThat(night.run().run()).isEqualTo(2);
        }
    }

    private static RunRecord record(BatchFixture night, long run) {
        return night.part(RunRecords.class).find(run).orElseThrow();
    }
}
