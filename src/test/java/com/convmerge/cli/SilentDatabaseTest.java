package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TcpProxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that falls silent under a run while its connections stay open: the program ends by itself, and a restart finishes. */
class SilentDatabaseTest {
    private static final int REQUESTS = 40;
    private static final int FIRST_DUPLICATE = 50_001;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void the_run_ends_with_1_and_says_why_and_a_restart_finishes_with_each_note_once() {
        try (TcpProxy proxy = new TcpProxy();
                Database database = Databases.postgres().through(proxy);
                Sandbox intercom = Sandbox.builder().keepAllCalls(true).start()) {
            fill(database, intercom);
            intercom.faults(arrival -> {
                if (arrival.isClose()) {
                    proxy.fallSilent();
                }
                return Optional.empty();
            });

            try (Program broken = start(database, intercom, "run")) {
                assertThat(broken.exitCode()).as(broken.err()).isEqualTo(1);
                assertThat(broken.err().lines().filter(line -> line.startsWith("convmerge: ")))
                        .singleElement()
                        .asString()
                        .startsWith("convmerge: the run failed: ")
                        .contains("the database does not work: ")
                        .endsWith(
                                ", so it was cut off. Nothing is lost: start it again when the cause is mended, a run with:"
                                        + " restart");
            }

            intercom.faults(FaultPlan.none());
            proxy.speak();
            try (Program restarted = start(database, intercom, "restart", "--convmerge.in-doubt.settle-time=1s")) {
                assertThat(restarted.exitCode()).as(restarted.err()).isZero();
            }
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(intercom.workspace().notesWritten("" + (FIRST_DUPLICATE + i)))
                        .hasSize(1);
            }
        }
    }

    private Program start(Database database, Sandbox intercom, String... command) {
        return Program.start(
                directory,
                Map.of(
                        "INTERCOM_BASE_URL", intercom.url().toString(),
                        "INTERCOM_ACCESS_TOKEN", Sandbox.TOKEN,
                        "SPRING_DATASOURCE_URL", database.url(),
                        "SPRING_DATASOURCE_USERNAME", database.username()),
                command);
    }

    private static void fill(Database database, Sandbox intercom) {
        intercom.workspace().addConversation("1001");
        RequestTable requests = new RequestTable(database);
        for (int i = 0; i < REQUESTS; i++) {
            intercom.workspace().addConversation("" + (FIRST_DUPLICATE + i));
            requests.add("1001", "" + (FIRST_DUPLICATE + i));
        }
    }
}
