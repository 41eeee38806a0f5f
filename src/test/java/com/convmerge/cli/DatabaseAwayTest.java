package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run during which PostgreSQL is stopped, and the restart after PostgreSQL is available again. */
class DatabaseAwayTest {
    private static final String USER = "postgres";
    private static final int REQUESTS = 90;
    private static final int PARENTS = 9;

    @TempDir
    private Path directory;

    @Test
    void the_run_fails_with_one_line_and_a_restart_finishes_with_each_note_once() throws Exception {
        try (Sandbox intercom = Sandbox.builder().keepAllCalls(true).start()) {
            EmbeddedPostgres postgres = start(0);
            int port = postgres.getPort();
            CliRunner shell = shell(postgres.getJdbcUrl(USER, USER), intercom);
            fill(postgres, intercom);
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
            intercom.faults(arrival -> {
                if (arrival.number() >= 100 && stopped.compareAndSet(false, true)) {
                    // In a thread of its own, which nobody interrupts when the run gives up.
                    Thread stopping = new Thread(() -> {
                        stop(postgres);
                        stop.complete(null);
                    });
                    stopping.setUncaughtExceptionHandler((thread, e) -> stop.completeExceptionally(e));
                    stopping.start();
                    stop.join();
                }
                return Optional.empty();
            });

            Said broken = shell.type("run");

            assertThat(stopped).as("the database was stopped; %s", broken).isTrue();
            assertThat(broken.exitCode()).as(broken.toString()).isEqualTo(1);
            assertThat(broken.err().lines().filter(line -> line.startsWith("convmerge: ")))
                    .singleElement()
                    .asString()
                    .contains("the database does not work: ")
                    .endsWith("go on with: convmerge restart 1");
            assertThat(broken.out() + broken.err()).doesNotContain("\tat ");
            intercom.faults(FaultPlan.none());
            stop.get(2, TimeUnit.MINUTES);
            try (EmbeddedPostgres again = start(port);
                    Database database = Databases.at(again.getJdbcUrl(USER, USER), USER)) {
                // In production the process of the failed run has ended, and its pid shows that its lock is void.
                // Here the process is this JVM, so the lock has to expire.
                database.jdbc()
                        .sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
                        .update();
                assertThat(number(database, "SELECT COUNT(*) FROM merge_retry"))
                        .as("requests blamed")
                        .isZero();

                Said restarted = shell.type("restart");

                assertThat(restarted.exitCode()).as(restarted.toString()).isZero();
                assertThat(number(database, "SELECT COUNT(*) FROM merge_request WHERE status = 'MERGED'"))
                        .isEqualTo(REQUESTS);
            }
            assertEachNoteOnce(intercom);
        }
    }

    /** Starts a server on the data directory of this test, which keeps its data between servers; port 0 takes any free one. */
    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CliRunner shell(String url, Sandbox intercom) {
        return CliRunner.in(directory)
                .with(
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + USER,
                        "--spring.datasource.password=",
                        // Long enough for a busy machine, where a new connection may take a second; a run that ends
                        // before the server is stopped would prove nothing. The default of ten seconds is only slower.
                        "--spring.datasource.hikari.connection-timeout=2000")
                .withSandbox(intercom, Sandbox.TOKEN)
                .with("--convmerge.concurrency=8", "--convmerge.chunk=5", "--convmerge.in-doubt.settle-time=2s");
    }

    private static void fill(EmbeddedPostgres postgres, Sandbox intercom) {
        try (Database database =
                Databases.at(postgres.getJdbcUrl(USER, USER), USER).migrate()) {
            RequestTable requests = new RequestTable(database);
            for (int i = 0; i < PARENTS; i++) {
                intercom.workspace().addConversation(String.valueOf(100 + i));
            }
            for (int i = 0; i < REQUESTS; i++) {
                intercom.workspace().addConversation(String.valueOf(1_000 + i));
                requests.add(String.valueOf(100 + i % PARENTS), String.valueOf(1_000 + i));
            }
        }
    }

    private static void assertEachNoteOnce(Sandbox intercom) {
        for (int i = 0; i < REQUESTS; i++) {
            ConversationView duplicate = intercom.workspace().conversation(String.valueOf(1_000 + i));
            assertThat(duplicate.notes()).as("notes on %s", duplicate.id()).hasSize(1);
            assertThat(duplicate.closes()).as("closes of %s", duplicate.id()).isEqualTo(1);
            String link = "/" + duplicate.id() + "\"";
            assertThat(intercom.workspace().conversation(String.valueOf(100 + i % PARENTS)).noteBodies().stream()
                            .filter(note -> note.contains(link)))
                    .as("notes that tell of %s", duplicate.id())
                    .hasSize(1);
        }
    }

    private static long number(Database database, String query) {
        return database.jdbc().sql(query).query(Long.class).single();
    }
}
