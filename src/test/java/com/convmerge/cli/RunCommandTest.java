package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import com.convmerge.sandbox.SandboxBuilder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output and the exit codes of runs; a sandbox stands in for Intercom. */
class RunCommandTest {
    private static final String TOKEN = "dG9rOnNlY3JldC0wMTIzNDU2Nzg5";

    @TempDir
    private Path directory;

    private volatile Runnable onCall = () -> {};

    @SuppressWarnings("NullAway.Init")
    private Sandbox intercom;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    @BeforeEach
    void start() {
        SandboxBuilder setup = Sandbox.builder().token(TOKEN).onCall(call -> onCall.run());
        intercom = setup.start();
        for (int id = 100; id < 200; id++) {
            intercom.workspace().addConversation(String.valueOf(id));
        }
        shell = CliRunner.in(directory).withSandbox(intercom, TOKEN).makeTables();
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    @Test
    void a_run_that_merges_everything_ends_with_0() {
        shell.ask("100", "101", "102");
        Said said = shell.type("run");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("Run 1 finished", "        2  merged: ", "        0  failed: ");
        assertThat(intercom.workspace().conversation("102").state()).isEqualTo("closed");
    }

    @Test
    void a_rejected_request_makes_it_3_and_exit_zero_makes_that_0() {
        shell.ask("100", "100");
        Said said = shell.type("run");
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.out()).contains("REJECTED  request 1 (100 into 100): merges conversation 100 into itself");
        shell.ask("101", "101");
        assertThat(shell.type("run", "--exit-zero").exitCode()).isZero();
    }

    @Test
    void a_limit_leaves_the_rest_to_the_next_run() {
        shell.ask("100", "101", "102", "103");
        Said few = shell.type("run", "--limit", "2");
        assertThat(few.out()).as("an empty line alone").doesNotContain("\n\n\n");
        assertThat(few.out()).contains("        2  merged: ", "        1  pending: not finished, left to the next run");
        assertThat(shell.type("run").out()).contains("        1  merged: ");
    }

    @Test
    void a_revoked_token_is_told_in_one_line_and_nothing_is_done() {
        shell.ask("100", "101");
        intercom.revokeToken();
        Said said = shell.type("run");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("convmerge: Intercom refuses to work with this token: 401 ")
                .contains("Check INTERCOM_ACCESS_TOKEN and INTERCOM_REGION")
                .hasLineCount(1)
                .doesNotContain(TOKEN);
        assertThat(shell.select("SELECT status FROM merge_request")).isEqualTo("PENDING");
    }

    @Test
    void a_token_that_is_revoked_on_the_way_ends_the_run_with_1_and_restart_goes_on() {
        shell.ask("100", "101", "102", "103", "104", "105", "106", "107", "108", "109");
        AtomicInteger calls = new AtomicInteger();
        onCall = () -> {
            if (calls.incrementAndGet() == 12) {
                intercom.revokeToken();
            }
        };
        Said broken = shell.with("--convmerge.concurrency=1").type("run");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out()).contains("Run 1 broke off").doesNotContain("Nothing was left");
        assertThat(broken.err().lines().filter(line -> line.startsWith("convmerge: ")))
                .singleElement()
                .asString()
                .startsWith("convmerge: run 1 failed: ")
                .contains("401")
                .endsWith("go on with: convmerge restart 1");
        assertThat(broken.out() + broken.err()).doesNotContain(TOKEN).doesNotContain("\tat ");
        assertThat(shell.select("SELECT COUNT(*) FROM merge_retry")).isEqualTo("0");

        assertThat(shell.type("restart").exitCode())
                .as("the token is still revoked")
                .isEqualTo(2);
        assertThat(shell.select("SELECT outcome || ' ' || restarts || ' ' || detail FROM merge_run"))
                .as("nothing was done, so its record is as it was")
                .startsWith("FAILED 0 Intercom does not let the run go on: 401");

        intercom.acceptToken(TOKEN);
        Said restarted = shell.type("restart");
        assertThat(restarted.exitCode()).isZero();
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request WHERE status = 'MERGED'"))
                .isEqualTo("9");
        for (int id = 101; id < 110; id++) {
            assertThat(intercom.workspace().conversation(String.valueOf(id)).notes())
                    .hasSize(1);
        }
    }

    @Test
    void intercom_that_is_not_there_makes_it_1_and_no_request_is_blamed() {
        shell.ask("100", "101");
        intercom.close();
        Said said = shell.type("run");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out())
                .contains("Run 1 broke off", "        0  merged: ", "        1  pending: ")
                .doesNotContain("Nothing was left to do");
        assertThat(said.err())
                .startsWith("convmerge: run 1 failed: Intercom cannot be used now: no_connection")
                .hasLineCount(1);
    }

    @Test
    void the_token_of_another_workspace_is_refused() {
        shell.ask("100", "101");
        shell.type("run");
        try (Sandbox other = Sandbox.builder().token(TOKEN).appIdCode("other").start()) {
            Said said = shell.withSandbox(other, TOKEN).type("run");
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.err())
                    .startsWith(
                            "convmerge: this database holds the merge requests of workspace sandbox, but the token is"
                                    + " of workspace other")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_run_beside_another_one_ends_with_5_and_names_it() {
        shell.sql("UPDATE merge_run_lock SET owner = '4711@night-host@x', locked_at = CURRENT_TIMESTAMP,"
                + " expires_at = DATEADD(HOUR, 1, CURRENT_TIMESTAMP)");
        for (String command : new String[] {"run", "restart"}) {
            assertThat(shell.type(command))
                    .isEqualTo(new Said(
                            5,
                            "",
                            "convmerge: another run is under way (pid 4711 on night-host); nothing was done"
                                    + System.lineSeparator()));
        }
        assertThat(shell.type("status").out()).startsWith("A run is under way: pid 4711 on night-host, since ");
    }

    @Test
    void where_no_run_was_there_is_nothing_to_restart_or_report() {
        assertThat(shell.type("restart"))
                .isEqualTo(new Said(
                        2, "", "convmerge: there is no run to restart yet; begin with: run" + System.lineSeparator()));
        assertThat(shell.type("report"))
                .isEqualTo(new Said(
                        2,
                        "",
                        "convmerge: there is no run to report on yet; begin with: run" + System.lineSeparator()));
        assertThat(shell.type("status").out()).contains("No run yet. Begin with: run");
        assertThat(shell.type("retries", "list").out())
                .isEqualTo("Nothing fits: the retry table is empty, or has no such rows.\n");
    }

    @Test
    void a_port_that_is_taken_is_told() {
        Said said =
                shell.type("sandbox", "--port", String.valueOf(intercom.url().getPort()));
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("convmerge: port " + intercom.url().getPort() + " cannot be used: ")
                .hasLineCount(1);
    }
}
