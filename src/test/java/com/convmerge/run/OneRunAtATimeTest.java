package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Route;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which program may run, when, and on which workspace: on PostgreSQL, which several programs can use at the same time. */
class OneRunAtATimeTest {
    private static final String LOST_LEASE = "4711@another-host@dead";

    @Test
    void of_two_runs_at_once_one_works_and_the_other_is_refused() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres());
                BatchFixture other = night.again()) {
            night.askMany(30);
            AtomicReference<@Nullable Throwable> second = new AtomicReference<>();
            AtomicReference<@Nullable Throwable> restart = new AtomicReference<>();
            night.sandbox.faults(arrival -> {
                if (arrival.isNote() && second.get() == null) {
                    second.compareAndSet(null, thrownBy(other::run));
                    restart.compareAndSet(null, thrownBy(other::restart));
                }
                return Optional.empty();
            });

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertRefusedAsAnotherIsUnderWay(second.get());
            assertRefusedAsAnotherIsUnderWay(restart.get());
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution")).isEqualTo(1);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 30L));
            Invariants.hold(night);
            assertThat(other.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        }
    }

    @Test
    void an_execution_that_is_complete_is_not_restarted() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            night.askMany(3);
            night.run();

            assertThatThrownBy(night::restart).isInstanceOfSatisfying(RunRefused.class, refused -> {
                assertThat(refused.isAnotherUnderWay()).isFalse();
                assertThat(refused).hasMessageContaining("run 1 is complete");
            });
            assertThat(night.number("SELECT COUNT(*) FROM merge_run_lock WHERE owner IS NOT NULL"))
                    .isZero();
        }
    }

    @Test
    void without_any_run_there_is_nothing_to_restart() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            assertThatThrownBy(night::restart).isInstanceOf(RunRefused.class).hasMessageContaining("begin with: run");
            assertThatThrownBy(() -> night.part(RunLauncher.class).restart(99L, RunOptions.ALL, end -> {}))
                    .isInstanceOf(RunRefused.class)
                    .hasMessageContaining("no run 99");
        }
    }

    @Test
    void a_new_run_recovers_what_a_killed_one_left_and_does_its_work() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            killInTheMiddle(night);

            try (BatchFixture next = night.again()) {
                assertThat(next.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }

            assertRecovered(night);
        }
    }

    @Test
    void a_restart_recovers_a_killed_run_and_finishes_it() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            killInTheMiddle(night);

            try (BatchFixture next = night.again()) {
                assertThat(next.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }

            assertRecovered(night);
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_instance")).isEqualTo(1);
        }
    }

    @Test
    void a_killed_run_whose_lease_has_not_expired_keeps_others_from_running() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            killInTheMiddle(night);
            night.jdbc
                    .sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR")
                    .update();

            try (BatchFixture next = night.again()) {
                assertThatThrownBy(next::run)
                        .isInstanceOf(RunRefused.class)
                        .hasMessageContaining("pid 4711 on another-host");
            }
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'STARTED'"))
                    .isEqualTo(1);
        }
    }

    /** Simulates a virtual machine that was suspended: its clock has advanced, and meanwhile another host has taken the lease. */
    @Test
    void a_run_that_was_frozen_while_another_took_over_sends_nothing_any_more() {
        int frozenAt = 20;
        try (BatchFixture night = BatchFixture.on(Databases.postgres())) {
            night.askMany(40);
            night.sandbox.faults(arrival -> {
                if (arrival.number() == frozenAt) {
                    night.jdbc
                            .sql("UPDATE merge_run_lock SET owner = :owner")
                            .param("owner", LOST_LEASE)
                            .update();
                    night.clock.advance(Duration.ofSeconds(30));
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message())
                    .isEqualTo(
                            "the run lock was lost: another run has taken over, or somebody has changed the row of merge_run_lock");
            assertThat(night.sandbox.callCount())
                    .as("calls that the run may have sent before it noticed")
                    .isLessThanOrEqualTo(frozenAt + BatchFixture.WORKERS);

            night.jdbc.sql("UPDATE merge_run_lock SET owner = NULL").update();
            try (BatchFixture next = night.again()) {
                assertThat(next.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }
            assertRecovered(night);
        }
    }

    @Test
    void a_token_of_another_workspace_is_refused_before_anything_is_written_there() {
        try (BatchFixture night = BatchFixture.on(Databases.postgres());
                Sandbox elsewhere = Sandbox.builder().appIdCode("elsewhere").start()) {
            night.ask(1, 2);
            night.run();
            night.ask(1, 3);

            try (BatchFixture wrong = night.again(elsewhere)) {
                RunEnd end = wrong.run();

                assertThat(end.kind()).isEqualTo(RunEnd.Kind.MISCONFIGURED);
                assertThat(end.message()).contains("workspace sandbox", "workspace elsewhere");
            }
            assertThat(elsewhere.calls()).allMatch(call -> call.route() == Route.ME);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 1L, "PENDING", 1L));
        }
    }

    /**
     * Leaves the state that kill -9 leaves: the execution and its step are STARTED, notes that Intercom has are still SENT in the
     * ledger, and the lease belongs to a program that no longer exists.
     */
    private static void killInTheMiddle(BatchFixture night) {
        night.askMany(40);
        night.sandbox.faults(arrival -> (arrival.isNote() || arrival.route() == Route.ME) && arrival.number() > 60
                ? Optional.of(Fault.UNAUTHORIZED_401)
                : Optional.empty());
        assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
        night.sandbox.faults(FaultPlan.none());
        assertThat(night.standings()).containsKey("PENDING");
        night.jdbc
                .sql("UPDATE batch_job_execution SET status = 'STARTED', exit_code = 'UNKNOWN', end_time = NULL")
                .update();
        night.jdbc
                .sql("UPDATE batch_step_execution SET status = 'STARTED', exit_code = 'EXECUTING', end_time = NULL"
                        + " WHERE status <> 'COMPLETED'")
                .update();
        night.jdbc
                .sql("UPDATE merge_operation SET state = 'SENT' WHERE operation = 'CLOSE'")
                .update();
        night.jdbc
                .sql(
                        "UPDATE merge_operation SET state = 'SENT', remote_id = NULL WHERE operation = 'NOTE' AND state = 'DONE'")
                .update();
        night.jdbc
                .sql("UPDATE merge_request SET status = 'PENDING', job_execution_id = NULL")
                .update();
        night.jdbc
                .sql(
                        "UPDATE merge_run_lock SET owner = :owner, locked_at = CURRENT_TIMESTAMP, expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
                .param("owner", LOST_LEASE)
                .update();
    }

    private static void assertRecovered(BatchFixture night) {
        assertThat(night.standings()).isEqualTo(Map.of("MERGED", 40L));
        assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'STARTED'"))
                .isZero();
        assertThat(night.number("SELECT COUNT(*) FROM batch_step_execution WHERE status = 'STARTED'"))
                .isZero();
        Invariants.hold(night);
    }

    private static void assertRefusedAsAnotherIsUnderWay(@Nullable Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(RunRefused.class, refused -> {
            assertThat(refused.isAnotherUnderWay()).isTrue();
            assertThat(refused)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        });
    }

    private static @Nullable Throwable thrownBy(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }
}
