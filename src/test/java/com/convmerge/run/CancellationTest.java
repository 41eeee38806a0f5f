package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A cancelled run ends promptly, sends no call after its end, and leaves a state that a restart can finish. */
class CancellationTest {
    private static final int REQUESTS = 150;

    @Test
    void after_a_fatal_failure_no_call_leaves_once_the_run_has_ended() throws Exception {
        try (BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.chunk=100")) {
            night.askMany(REQUESTS);
            night.sandbox.faults(onceThirtyNotesAreThere(night, Fault.UNAUTHORIZED_401));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);

            assertThat(night.sandbox.calls().stream()
                            .filter(call -> call.fault() != null
                                    && call.conversationId().isPresent()))
                    .as("twenty refusals in a row, and what was in progress at the last of them")
                    .hasSizeLessThanOrEqualTo(20 + BatchFixture.WORKERS);
            long calls = night.sandbox.callCount();
            night.emptyThePool();
            assertThat(night.sandbox.callCount()).isEqualTo(calls);
            assertThat(night.standings()).containsOnlyKeys("PENDING", "MERGED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE state IN ('SENT', 'IN_DOUBT')"))
                    .isZero();
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE operation = 'NOTE' AND state = 'DONE'"))
                    .isLessThan(REQUESTS);
        }
    }

    @Test
    void a_ledger_that_cannot_be_written_stops_the_run_with_one_line_and_a_restart_finishes() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(REQUESTS);
            AtomicBoolean broken = new AtomicBoolean();
            night.sandbox.faults(arrival -> {
                if (arrival.isClose() && broken.compareAndSet(false, true)) {
                    night.jdbc.sql("ALTER TABLE merge_operation RENAME TO gone").update();
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).startsWith("the database does not work: ").doesNotContain("\n");
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry")).isZero();
            night.jdbc.sql("ALTER TABLE gone RENAME TO merge_operation").update();
            assertFinishes(night);
        }
    }

    @Test
    void a_stop_in_the_middle_finishes_the_requests_that_have_begun_and_a_restart_the_rest() {
        try (BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.chunk=100")) {
            night.askMany(REQUESTS);
            List<Future<?>> stops = new ArrayList<>();
            AtomicLong notesAtTheStop = new AtomicLong();
            night.sandbox.faults(onceThirtyNotesAreThere(night, () -> {
                stops.add(CompletableFuture.runAsync(night.part(RunLauncher.class)::stop));
                awaitCancelled(night);
                notesAtTheStop.set(notes(night));
            }));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.STOPPED);
            assertThat(notes(night) - notesAtTheStop.get())
                    .as("notes of requests that had begun at the stop")
                    .isLessThanOrEqualTo(BatchFixture.WORKERS);
            assertThat(stops).hasSize(1).allSatisfy(stop -> assertThat(stop).succeedsWithin(Duration.ofSeconds(30)));
            assertStoppedCleanly(night);
            assertFinishes(night);
        }
    }

    @Test
    void ending_the_program_in_the_middle_drains_the_run_before_the_database_is_closed() {
        try (BatchFixture night = BatchFixture.on(Databases.h2());
                BatchFixture program = night.again()) {
            night.askMany(REQUESTS);
            List<Future<?>> ends = new ArrayList<>();
            night.sandbox.faults(onceThirtyNotesAreThere(night, () -> {
                RunCancellation cancellation =
                        program.part(RunLauncher.class).cancellation().orElseThrow();
                ends.add(CompletableFuture.runAsync(program::endProgram));
                awaitCancelled(cancellation);
            }));

            RunEnd end = program.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.STOPPED);
            assertThat(ends).hasSize(1).allSatisfy(ended -> assertThat(ended).succeedsWithin(Duration.ofSeconds(30)));
            assertStoppedCleanly(night);
            assertFinishes(night);
        }
    }

    private static FaultPlan onceThirtyNotesAreThere(BatchFixture night, Fault fault) {
        return arrival -> arrival.isNote() && notes(night) >= 30 ? Optional.of(fault) : Optional.empty();
    }

    private static FaultPlan onceThirtyNotesAreThere(BatchFixture night, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return arrival -> {
            if (arrival.isNote() && notes(night) >= 30 && done.compareAndSet(false, true)) {
                action.run();
            }
            return Optional.empty();
        };
    }

    private static long notes(BatchFixture night) {
        return night.sandbox.calls().stream()
                .filter(call -> call.isNote() && call.effect())
                .count();
    }

    private static void awaitCancelled(BatchFixture night) {
        awaitCancelled(night.part(RunLauncher.class).cancellation().orElseThrow());
    }

    private static void awaitCancelled(RunCancellation cancellation) {
        while (!cancellation.endsAll()) {
            Thread.onSpinWait();
        }
    }

    private static void assertStoppedCleanly(BatchFixture night) {
        assertThat(night.standings()).containsOnlyKeys("PENDING", "MERGED");
        assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE state NOT IN ('DONE', 'NOT_NEEDED')"))
                .isZero();
        assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'STOPPED'"))
                .isEqualTo(1);
        assertThat(night.number(
                        "SELECT COUNT(*) FROM batch_step_execution WHERE status NOT IN ('STOPPED', 'COMPLETED')"))
                .isZero();
        assertThat(night.number("SELECT COUNT(*) FROM merge_run_lock WHERE owner IS NOT NULL"))
                .isZero();
    }

    private static void assertFinishes(BatchFixture night) {
        night.sandbox.faults(FaultPlan.none());
        try (BatchFixture restarted = night.again()) {
            assertThat(restarted.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        }
        assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
        Invariants.hold(night);
    }
}
