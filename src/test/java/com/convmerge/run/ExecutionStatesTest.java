package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;

/** What other programs do to executions in Spring Batch's tables, and every state that an execution can be left in. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ExecutionStatesTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_run_that_another_program_stops_is_stopped_and_a_restart_finishes_it() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(200);
            AtomicBoolean stopped = new AtomicBoolean();
            night.sandbox.faults(arrival -> {
                if (arrival.isNote() && stopped.compareAndSet(false, true)) {
                    stop(
                            night.part(JobOperator.class),
                            night.number("SELECT MAX(job_execution_id) FROM batch_job_execution"));
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.STOPPED);
            assertThat(end.message())
                    .isEqualTo("another program stopped it in Spring Batch's tables (JobOperator.stop)");
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'STOPPED'"))
                    .isEqualTo(1);
            assertThat(night.standings()).containsKey("PENDING");
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).doesNotContainKey("PENDING");
            Invariants.hold(night);
        }
    }

    @Test
    void every_state_that_a_run_can_be_left_in_can_be_restarted_or_is_refused_with_what_to_do() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(1, 2);
            night.sandbox.faults(arrival -> arrival.isNote() ? Optional.of(Fault.UNAUTHORIZED_401) : Optional.empty());
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
            for (String state : new String[] {"STARTING", "STARTED", "STOPPING", "STOPPED", "FAILED", "UNKNOWN"}) {
                leave(night, state);
                assertThat(night.restart().kind()).as("restarted from " + state).isEqualTo(RunEnd.Kind.FAILED);
                leave(night, state);
                assertThat(restart(night, 1))
                        .as("run 1 restarted, its last execution " + state)
                        .isEqualTo(RunEnd.Kind.FAILED);
            }

            leave(night, "ABANDONED");
            assertThatThrownBy(night::restart)
                    .isInstanceOf(RunRefused.class)
                    .hasMessageStartingWith("run 1 is ABANDONED: somebody gave it up")
                    .hasMessageEndingWith("taken by: run");
            leave(night, "COMPLETED");
            assertThatThrownBy(() -> restart(night, 1))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageStartingWith("run 1 is complete: ");
            night.sandbox.faults(FaultPlan.none());
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).containsOnlyKeys("MERGED");
        }
    }

    @Test
    void an_execution_of_another_programs_job_is_none_of_ours() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.jdbc
                    .sql("INSERT INTO batch_job_instance (job_instance_id, version, job_name, job_key)"
                            + " VALUES (900, 0, 'invoices', 'x')")
                    .update();
            night.jdbc
                    .sql(
                            "INSERT INTO batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)"
                                    + " VALUES (900, 0, 900, CURRENT_TIMESTAMP, 'STARTED')")
                    .update();

            assertThatThrownBy(() -> restart(night, 900))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageContaining("there is no run 900");
            night.ask(1, 2);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'STARTED'"))
                    .as("the other program's execution, which is not ours to recover")
                    .isEqualTo(1);
        }
    }

    private static RunEnd.Kind restart(BatchFixture night, long executionId) {
        return night.part(RunLauncher.class)
                .restart(executionId, RunOptions.ALL, end -> {})
                .kind();
    }

    /** Leaves the last execution in a state, as if its program had been killed or somebody had changed it. */
    private static void leave(BatchFixture night, String state) {
        night.jdbc
                .sql("UPDATE batch_job_execution SET status = :state, end_time = NULL"
                        + " WHERE job_execution_id = (SELECT MAX(job_execution_id) FROM batch_job_execution)")
                .param("state", state)
                .update();
    }

    private static void stop(JobOperator operator, long executionId) {
        try {
            assertThat(operator.stop(executionId)).isTrue();
        } catch (JobExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
