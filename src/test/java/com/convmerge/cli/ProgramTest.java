package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The program in a separate process: exit codes, signals, and that other users of the machine cannot see the token. */
class ProgramTest {
    private static final String TOKEN = "dG9rOnNlY3JldC05ODc2NTQzMjEw";
    private static final int REQUESTS = 400;

    @TempDir
    private Path directory;

    private CliRunner nightWith(Sandbox intercom) {
        IntStream.rangeClosed(1_000, 1_000 + REQUESTS)
                .forEach(id -> intercom.workspace().addConversation(String.valueOf(id)));
        CliRunner shell = CliRunner.in(directory).makeTables();
        shell.ask(
                "1000",
                IntStream.rangeClosed(1_001, 1_000 + REQUESTS)
                        .mapToObj(String::valueOf)
                        .toArray(String[]::new));
        return shell;
    }

    private Map<String, String> environment(URI intercom) {
        return Map.of(
                "INTERCOM_ACCESS_TOKEN",
                TOKEN,
                "INTERCOM_BASE_URL",
                intercom.toString(),
                "CONVMERGE_CONCURRENCY",
                "4",
                "SPRING_DATASOURCE_URL",
                "jdbc:h2:file:" + directory.resolve("convmerge") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void main_ends_with_the_commands_exit_code_and_says_one_line() {
        try (Program program = Program.start(directory, Map.of(), "run")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).startsWith("convmerge: no access token: ").hasLineCount(1);
        }
    }

    @Test
    void settings_of_spring_that_were_left_in_the_environment_do_not_make_a_dry_run_write() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SPRING_APPLICATION_JSON",
                "{\"spring.main.lazy-initialization\":true,\"spring.main.banner-mode\":\"console\"}",
                "SPRING_BATCH_JOB_ENABLED",
                "true",
                "SPRING_DATASOURCE_HIKARI_AUTOCOMMIT",
                "false",
                "SPRING_JDBC_TEMPLATE_MAXROWS",
                "3"));
        // The instruction for a stack trace must not keep the program from starting either.
        String[] command = ("run --sandbox --dry-run --json " + ErrorReport.SHOW_STACK_TRACE).split(" ");
        try (Program program = Program.start(directory, environment, command)) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(new JsonMapper().readTree(program.out()).path("requests").size())
                    .isEqualTo(300);
        }
        assertThat(CliRunner.in(directory).type("status", "--sandbox").out()).contains("300  PENDING", "No run yet.");
    }

    @Test
    void sigterm_drains_the_run_and_a_restart_finishes_it() {
        try (Sandbox intercom = Sandbox.builder()
                .token(TOKEN)
                .latency(Duration.ofMillis(30))
                .keepAllCalls(true)
                .start()) {
            CliRunner shell = nightWith(intercom);
            try (Program program = Program.start(directory, environment(intercom.url()), "run")) {
                await().atMost(Duration.ofSeconds(60)).until(() -> intercom.callCount() > 40 || !program.isAlive());
                assertThat(program.isAlive()).as(program.out() + program.err()).isTrue();
                assertThat(program.commandLine())
                        .contains("ConvmergeApplication run")
                        .doesNotContain(TOKEN);
                assertThatTheDatabaseIsInUse(shell, program.pid());

                program.terminate();

                assertThat(program.exitCode()).isEqualTo(143);
                assertThat(program.out() + program.err()).doesNotContain(TOKEN).doesNotContain("\tat ");
                assertThat(program.out()).contains("Run 1 stopped after ");
                assertThat(program.err().lines().filter(line -> line.contains("convmerge: ")))
                        .containsExactly("convmerge: the program was told to end; go on with: convmerge restart 1");
            }
            assertThat(shell.select("SELECT status FROM batch_job_execution")).isEqualTo("STOPPED");
            assertThat(shell.select("SELECT COUNT(*) FROM merge_operation WHERE state NOT IN ('DONE', 'NOT_NEEDED')"))
                    .as("operations in doubt")
                    .isEqualTo("0");
            assertThat(shell.select("SELECT COUNT(*) FROM merge_request WHERE status = 'PENDING'"))
                    .as("requests not begun")
                    .isNotEqualTo("0");

            Said restarted = shell.withSandbox(intercom, TOKEN).type("restart");
            assertThat(restarted.exitCode()).isZero();
            assertThat(IntStream.rangeClosed(1_001, 1_000 + REQUESTS)
                            .mapToObj(id -> intercom.workspace().conversation(String.valueOf(id))))
                    .allMatch(duplicate -> duplicate.notes().size() == 1
                            && duplicate.closes() == 1
                            && duplicate.tagNames().size() == 1);
        }
    }

    private static void assertThatTheDatabaseIsInUse(CliRunner shell, long pid) {
        Said said = shell.type("status");
        assertThat(said.exitCode()).isEqualTo(5);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith(
                        "convmerge: the embedded database is in use by pid " + pid + ", and only one program at a time")
                .contains("nothing was done", "PostgreSQL")
                .hasLineCount(1);
    }

    @Test
    void the_sandbox_serves_until_it_is_told_to_end() throws IOException, InterruptedException {
        try (Program program = Program.start(directory, Map.of(), "sandbox", "--port", "0")) {
            program.awaitOut("Token: ");
            String url = program.out().replaceAll("(?s).* at (http://127\\.0\\.0\\.1:\\d+) .*", "$1");
            HttpResponse<String> me = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/me"))
                                    .header("Authorization", "Bearer " + Sandbox.TOKEN)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(me.statusCode()).isEqualTo(200);
            assertThat(me.body()).contains("\"id_code\":\"sandbox\"");

            program.terminate();

            assertThat(program.exitCode()).isEqualTo(143);
            assertThat(program.err()).isEmpty();
        }
    }
}
