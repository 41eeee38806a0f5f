package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stop} during a run, on PostgreSQL, which a second program can open at the same time. */
class StopCommandTest {
    private static final int REQUESTS = 60;

    @TempDir
    private Path directory;

    @Test
    void stop_ends_a_run_under_way_waits_until_it_has_and_restart_goes_on() {
        Database database = Databases.postgres();
        RequestTable requests = new RequestTable(database);
        try (Sandbox intercom = Sandbox.builder().keepAllCalls(true).start()) {
            intercom.workspace().addConversation("1000");
            for (int i = 1; i <= REQUESTS; i++) {
                intercom.workspace().addConversation(String.valueOf(1_000 + i));
                requests.add("1000", String.valueOf(1_000 + i));
            }
            CliRunner shell =
                    shell(database).withSandbox(intercom, Sandbox.TOKEN).with("--convmerge.concurrency=4");
            AtomicReference<@Nullable CompletableFuture<Said>> stop = new AtomicReference<>();
            intercom.faults(arrival -> holdUntilTheRunHasHeard(shell, database, arrival, stop));

            Said run = shell.type("run");
            long calls = intercom.callCount();

            Said stopped = Objects.requireNonNull(stop.get()).join();
            assertThat(stopped.exitCode()).as(stopped.err()).isZero();
            assertThat(stopped.out().lines().toList())
                    .hasSize(2)
                    .satisfies(
                            line -> assertThat(line)
                                    .matches("Asked pid "
                                            + ProcessHandle.current().pid()
                                            + " on [^/]+ to stop; it finishes what it has in hand\\."),
                            atIndex(0))
                    .contains("It has stopped. Go on with: convmerge restart 1", atIndex(1));
            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.out()).contains("Run 1 stopped after ", "pending: not finished, left to the next run");
            assertThat(run.err()).contains("convmerge: somebody asked it to stop; go on with: convmerge restart 1");
            assertThat(number(database, "SELECT COUNT(*) FROM merge_request WHERE status = 'PENDING'"))
                    .isPositive();
            assertThat(number(
                            database, "SELECT COUNT(*) FROM merge_operation WHERE state NOT IN ('DONE', 'NOT_NEEDED')"))
                    .as("operations in doubt")
                    .isZero();
            assertThat(shell.type("stop")).isEqualTo(new Said(0, "No run is under way." + System.lineSeparator(), ""));
            assertThat(intercom.callCount()).as("calls after the end").isEqualTo(calls);
            intercom.faults(FaultPlan.none());
            assertThat(shell.type("restart").exitCode()).isZero();
            assertThat(intercom.calls().stream().filter(call -> call.isNote() && call.effect()))
                    .as("notes: one on each duplicate, and for the parent one of each run")
                    .hasSizeBetween(REQUESTS + 1, REQUESTS + 2);
        }
    }

    /**
     * Delays each call from the thirtieth on until the run has renewed its lock twice after the request to stop: a run reads the
     * request when it renews, so it has read it by then.
     */
    private static Optional<Fault> holdUntilTheRunHasHeard(
            CliRunner shell,
            Database database,
            Arrival arrival,
            AtomicReference<@Nullable CompletableFuture<Said>> stop) {
        if (arrival.number() == 30) {
            stop.set(CompletableFuture.supplyAsync(() -> shell.type("stop")));
        }
        if (arrival.number() >= 30) {
            while ("no".equals(renewal(database))) {
                LockSupport.parkNanos(10_000_000);
            }
            for (int time = 0; time < 2; time++) {
                String before = renewal(database);
                while (before.equals(renewal(database))) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
        return Optional.empty();
    }

    /** When the lock that the stopping run renewed last expires; "no" if no run was asked to stop. */
    private static String renewal(Database database) {
        return database.jdbc()
                .sql(
                        "SELECT CASE WHEN stop_requested THEN CAST(expires_at AS VARCHAR) ELSE 'no' END FROM merge_run_lock")
                .query(String.class)
                .single();
    }

    private CliRunner shell(Database database) {
        return CliRunner.in(directory)
                .with(
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=");
    }

    private static long number(Database database, String query) {
        return database.jdbc().sql(query).query(Long.class).single();
    }
}
