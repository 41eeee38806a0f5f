package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.importing.SampleImport;
import com.convmerge.merge.NewRequest;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxSample;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Complete runs, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MergeNightTest {
    @SuppressWarnings("NullAway.Init")
    private Database database;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Database newDatabase() {
        return kind.create();
    }

    @BeforeEach
    void newDatabaseForEachTest() {
        database = newDatabase();
    }

    @Test
    void the_sample_leaves_each_duplicate_with_one_note_one_tag_and_closed_and_a_second_run_finds_nothing_to_do() {
        try (BatchFixture night = BatchFixture.on(database, setup -> setup.faults(SandboxSample.faults()))) {
            SandboxSample.fill(night.sandbox.workspace());
            askForTheSample(night);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings())
                    .containsEntry("MERGED", (long) SandboxSample.MERGED)
                    .containsEntry("REJECTED", (long) SandboxSample.REJECTED)
                    .containsEntry("FAILED", SandboxSample.NOT_MERGED - 1L)
                    .containsEntry("RETRY", 1L);
            Invariants.hold(night);

            long before = night.sandbox.callCount();
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.writesSince(before)).isEmpty();
        }
    }

    @Test
    void a_run_whose_report_could_not_be_written_does_nothing() throws IOException {
        Path folder = Files.createFile(directory.resolve("reports"));
        try (BatchFixture night = BatchFixture.on(database, "convmerge.report.directory=" + folder)) {
            night.askMany(6);

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.MISCONFIGURED);
            assertThat(end.message())
                    .startsWith("no report can be written to " + folder)
                    .contains("convmerge.report.directory");
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", 6L));
            assertThat(night.sandbox.callCount()).isZero();
            Files.delete(folder);
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(folder.resolve("run-1.txt")).exists();
        }
    }

    @Test
    void a_run_whose_report_cannot_be_written_any_more_is_complete_all_the_same() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("reports"));
        Files.createDirectories(folder.resolve("run-1.txt/in-the-way"));
        try (BatchFixture night = BatchFixture.on(database, "convmerge.report.directory=" + folder)) {
            night.askMany(6);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 6L));
        }
    }

    @Test
    void a_token_that_was_revoked_before_the_run_leaves_everything_as_it_was() {
        try (BatchFixture night = BatchFixture.on(database)) {
            night.askMany(20);
            night.sandbox.revokeToken();

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.MISCONFIGURED);
            assertThat(end.message()).contains("INTERCOM_ACCESS_TOKEN");
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", 20L));
            assertThat(night.sandbox.callCount()).isEqualTo(1);

            night.sandbox.acceptToken(Sandbox.TOKEN);
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 20L));
        }
    }

    @Test
    void a_token_that_is_revoked_in_the_middle_blames_no_request_and_a_restart_finishes() {
        try (BatchFixture night = BatchFixture.on(database)) {
            night.askMany(90);
            night.sandbox.faults(arrival -> {
                if (arrival.isClose() && arrival.number() > 120) {
                    night.sandbox.revokeToken();
                }
                return java.util.Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).contains("401", "No request was blamed");
            assertThat(night.standings()).containsOnlyKeys("PENDING", "MERGED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry")).isZero();

            night.sandbox.faults(FaultPlan.none());
            night.sandbox.acceptToken(Sandbox.TOKEN);
            try (BatchFixture restarted = night.again()) {
                RunEnd finished = restarted.restart();
                assertThat(finished.kind()).isEqualTo(RunEnd.Kind.COMPLETED);
                assertThat(finished.run()).isEqualTo(end.run());
                assertThat(night.standings()).isEqualTo(Map.of("MERGED", 90L));
                Invariants.hold(night);
            }
        }
    }

    @Test
    void the_requests_into_a_missing_survivor_fail_and_their_duplicates_stay_untouched() {
        try (BatchFixture night = BatchFixture.on(database)) {
            long first = night.ask(1, 2);
            long second = night.ask(1, 3);
            long other = night.ask(4, 5);
            night.sandbox.workspace().removeConversation("1");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("FAILED", 2L, "MERGED", 1L));
            assertThat(night.status(other)).isEqualTo("MERGED");
            assertThat(night.jdbc
                            .sql("SELECT request_id, code FROM merge_retry ORDER BY request_id")
                            .query((row, n) -> row.getLong(1) + " " + row.getString(2))
                            .list())
                    .containsExactly(first + " parent_not_found", second + " parent_not_found");
            assertThat(night.conversation(2).parts()).isEmpty();
            assertThat(night.conversation(3).parts()).isEmpty();
            assertThat(night.conversation(3).tagNames()).isEmpty();
        }
    }

    @Test
    void a_request_in_the_retry_table_is_left_until_it_is_due_and_then_taken() {
        try (BatchFixture night = BatchFixture.on(database)) {
            long request = night.ask(1, 2);
            night.sandbox.faults(FaultPlan.always(Arrival::isTag, Fault.RATE_LIMITED_429));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.status(request)).isEqualTo("RETRY");
            night.sandbox.faults(FaultPlan.none());

            long before = night.sandbox.callCount();
            night.clock.advance(Duration.ofMinutes(13));
            night.run();
            assertThat(night.writesSince(before)).isEmpty();
            assertThat(night.status(request)).isEqualTo("RETRY");

            night.clock.advance(Duration.ofMinutes(2));
            night.run();
            assertThat(night.status(request)).isEqualTo("MERGED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry")).isZero();
            Invariants.hold(night);
        }
    }

    @Test
    void a_limit_leaves_the_rest_to_the_next_run() {
        try (BatchFixture night = BatchFixture.on(database)) {
            night.askMany(30);

            assertThat(night.run(7L).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 7L, "PENDING", 23L));

            night.run();
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 30L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_request_that_is_added_during_a_run_waits_for_the_next() {
        try (BatchFixture night = BatchFixture.on(database)) {
            night.ask(1, 2);
            night.sandbox.faults(arrival -> {
                if (arrival.route() == com.convmerge.sandbox.Route.ME) {
                    night.ask(1, 3);
                }
                return java.util.Optional.empty();
            });

            night.run();

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 1L, "PENDING", 1L));
        }
    }

    private static void askForTheSample(BatchFixture night) {
        night.part(SampleImport.class)
                .add(
                        SandboxSample.pairs().stream()
                                .map(pair -> new NewRequest(
                                        pair.parent(),
                                        pair.duplicate(),
                                        pair.reason(),
                                        pair.requestedBy(),
                                        pair.externalRef()))
                                .toList(),
                        "app");
    }
}
