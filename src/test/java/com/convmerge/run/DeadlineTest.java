package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that reach their deadline before they have applied every request. */
class DeadlineTest {
    private static final int REQUESTS = 120;
    private static final Instant UNTIL = TestClock.START.plus(Duration.ofHours(5));

    @TempDir
    private Path reports;

    @Test
    void what_is_merged_by_the_deadline_is_listed_and_reported_and_a_restart_does_the_rest() throws IOException {
        try (BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.report.directory=" + reports)) {
            night.askMany(REQUESTS);
            night.sandbox.faults(timeIsUpOnceThirtyAreClosed(night));

            RunEnd end = night.part(RunLauncher.class).run(until(UNTIL), reported -> {});

            assertThat(end).isEqualTo(new RunEnd(1, RunEnd.Kind.STOPPED, "the time is up (--until)"));
            assertThat(night.standings()).containsOnlyKeys("PENDING", "MERGED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE state NOT IN ('DONE', 'NOT_NEEDED')"))
                    .as("unfinished operations")
                    .isZero();
            assertThat(
                            night.number(
                                    "SELECT COUNT(*) FROM merge_operation WHERE operation = 'NOTE' AND request_id NOT IN (SELECT id FROM merge_request WHERE status = 'MERGED')"))
                    .as("requests that were begun and not finished")
                    .isZero();
            assertThatSurvivorNotesListEveryMerge(night);
            assertThat(Files.readString(reports.resolve("run-1.txt")))
                    .contains(String.format("%9d  merged: ", night.standings().get("MERGED")))
                    .contains(String.format(
                            "%9d  pending: not finished", night.standings().get("PENDING")));
            assertThat(night.part(RunRecords.class).last(1)).singleElement().satisfies(run -> {
                assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.STOPPED);
                assertThat(run.detail()).isEqualTo("the time is up (--until)");
            });
            night.sandbox.faults(FaultPlan.none());
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThatSurvivorNotesListEveryMerge(night);
        }
    }

    @Test
    void when_the_time_is_up_at_the_start_nothing_is_merged() {
        try (BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.report.directory=" + reports)) {
            night.askMany(9);
            night.clock.set(UNTIL);

            RunEnd end = night.part(RunLauncher.class).run(until(UNTIL), reported -> {});

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.STOPPED);
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", 9L));
            assertThat(night.writesSince(0)).isEmpty();
            assertThat(reports.resolve("run-1.txt")).isNotEmptyFile();
        }
    }

    @Test
    void a_restart_has_a_deadline_of_its_own() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(9);
            night.clock.set(UNTIL);
            night.part(RunLauncher.class).run(until(UNTIL), reported -> {});

            assertThat(night.part(RunLauncher.class)
                            .restart(null, until(UNTIL), reported -> {})
                            .kind())
                    .isEqualTo(RunEnd.Kind.STOPPED);
            assertThat(night.part(RunLauncher.class)
                            .restart(null, until(UNTIL.plus(Duration.ofHours(1))), reported -> {})
                            .kind())
                    .isEqualTo(RunEnd.Kind.COMPLETED);
        }
    }

    /**
     * Sets the clock to the deadline after thirty closes and delays the next note until the run is cancelled. At that moment
     * some merges have begun and others have not.
     */
    private static FaultPlan timeIsUpOnceThirtyAreClosed(BatchFixture night) {
        return arrival -> {
            if (arrival.isNote() && closed(night) >= 30) {
                night.clock.set(UNTIL);
                while (night.part(RunLauncher.class)
                        .cancellation()
                        .flatMap(RunCancellation::reason)
                        .isEmpty()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
            return Optional.empty();
        };
    }

    private static long closed(BatchFixture night) {
        return night.sandbox.calls().stream()
                .filter(call -> call.isClose() && call.effect())
                .count();
    }

    private static void assertThatSurvivorNotesListEveryMerge(BatchFixture night) {
        assertThat(night.number("""
                        SELECT COUNT(*) FROM merge_request r
                         WHERE r.status = 'MERGED' AND NOT EXISTS
                               (SELECT 1 FROM merge_operation o WHERE o.operation_key = r.parent_note_key AND o.state = 'DONE')
                        """))
                .as("merges that no note on their survivor lists")
                .isZero();
        Invariants.hold(night);
    }

    private static RunOptions until(Instant time) {
        return new RunOptions(null, time, false, true);
    }
}
