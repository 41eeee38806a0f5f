package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.RequestTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs at the same time, in separate processes. The sandbox delays every answer until the test lets it go on. */
class TwoProgramsTest {
    private final CountDownLatch goOn = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Sandbox intercom;

    @BeforeEach
    void start() {
        intercom = Sandbox.builder().onCall(call -> awaitGoOn()).start();
        for (int id = 100; id < 110; id++) {
            intercom.workspace().addConversation(String.valueOf(id));
        }
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        intercom.close();
    }

    private void awaitGoOn() {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Program run(Map<String, String> database) {
        return Program.start(
                directory,
                Stream.of(
                                Map.of(
                                        "INTERCOM_ACCESS_TOKEN",
                                        Sandbox.TOKEN,
                                        "INTERCOM_BASE_URL",
                                        intercom.url().toString(),
                                        "CONVMERGE_INTERCOM_CALLTIMEOUT",
                                        "5m"),
                                database)
                        .flatMap(settings -> settings.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                "run");
    }

    @Test
    void of_two_that_start_at_once_on_one_postgresql_one_works_and_the_other_ends_with_5() {
        Database database = Databases.postgres();
        RequestTable requests = new RequestTable(database);
        for (int id = 101; id < 110; id++) {
            requests.add("100", String.valueOf(id));
        }
        Map<String, String> settings = Map.of(
                "SPRING_DATASOURCE_URL", database.url(),
                "SPRING_DATASOURCE_USERNAME", database.username(),
                "SPRING_DATASOURCE_PASSWORD", "");
        try (Program one = run(settings);
                Program two = run(settings)) {
            await().atMost(Duration.ofSeconds(90)).until(() -> !one.isAlive() || !two.isAlive());
            Program refused = one.isAlive() ? two : one;
            Program works = one.isAlive() ? one : two;
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
            assertThat(refused.err())
                    .startsWith("convmerge: another run is under way (pid ")
                    .endsWith("; nothing was done" + System.lineSeparator())
                    .hasLineCount(1);
            assertThat(refused.out()).isEmpty();

            goOn.countDown();

            assertThat(works.exitCode()).as(works.err()).isZero();
        }
        assertThat(intercom.calls().stream().filter(call -> call.path().equals("/me")))
                .as("runs that began")
                .hasSize(1);
        for (int id = 101; id < 110; id++) {
            assertThat(intercom.workspace().conversation(String.valueOf(id)).notes())
                    .hasSize(1);
        }
    }

    @Test
    void stop_beside_a_run_on_h2_ends_with_5_and_names_its_pid() {
        CliRunner shell = CliRunner.in(directory).makeTables();
        shell.ask("100", "101", "102");
        try (Program program = run(Map.of(
                "SPRING_DATASOURCE_URL",
                "jdbc:h2:file:" + directory.resolve("convmerge") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> intercom.callCount() > 0 || !program.isAlive());

            for (List<String> command : List.of(List.of("stop"), List.of("status"), List.of("retries", "list"))) {
                Said said = shell.type(command.toArray(String[]::new));

                assertThat(said.exitCode()).isEqualTo(5);
                assertThat(said.out()).isEmpty();
                assertThat(said.err())
                        .startsWith("convmerge: the embedded database is in use by pid ")
                        .hasLineCount(1);
                assertThat(ProcessHandle.of(Long.parseLong(said.err().replaceAll("(?s).* by pid (\\d+), .*", "$1")))
                                .flatMap(ProcessHandle::parent))
                        .as("the parent of the process that is named")
                        .contains(ProcessHandle.current());
            }

            goOn.countDown();
            assertThat(program.exitCode()).as(program.err()).isZero();
        }
    }
}
