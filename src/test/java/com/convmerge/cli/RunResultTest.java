package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run tells at its end, to people and to programs. */
class RunResultTest {
    @TempDir
    private Path directory;

    private Sandbox intercom;
    private CliRunner shell;

    @BeforeEach
    void start() {
        intercom = Sandbox.builder().start();
        for (String id : new String[] {"100", "101", "102"}) {
            intercom.workspace().addConversation(id);
        }
        shell = CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    @Test
    void programs_get_the_run_as_json_and_the_exit_code_as_ever() {
        shell.ask("100", "101", "999");

        Said said = shell.type("run", "--json");

        assertThat(said.exitCode()).as(said.err()).isEqualTo(3);
        JsonNode run = new JsonMapper().readTree(said.out());
        assertThat(run.get("id").asLong()).isEqualTo(1);
        assertThat(run.get("outcome").asString()).isEqualTo("COMPLETED");
        assertThat(run.get("merged").asLong()).isEqualTo(1);
        assertThat(run.get("failed").asLong()).isEqualTo(1);
        assertThat(Path.of(run.get("report").asString())).exists().hasFileName("run-1.txt");
    }

    @Test
    void the_first_few_are_listed_with_links_and_what_is_left_does_not_count() {
        shell.ask("100", "101", "102");

        Said said = shell.type("run", "--limit", "1");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("        1  merged: ", "        1  pending: ", "Look at them in the inbox:")
                .containsPattern("MERGED    request [12]: https://\\S+/10[12] into https://\\S+/100");
    }

    @Test
    void on_an_empty_table_it_says_how_to_fill_it() {
        assertThat(shell.type("run").out())
                .contains("nobody has asked for a merge yet", "import requests.csv")
                .doesNotContain("Nothing was left to do");
    }

    @Test
    void a_run_that_began_nothing_does_not_claim_that_nothing_was_left() {
        intercom.close();

        Said said = shell.type("run");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).contains("Nothing was changed.").doesNotContain("Nothing was left");
    }

    @Test
    void a_report_tells_what_became_of_the_rest_since() throws Exception {
        shell.ask("100", "101", "999");
        shell.type("run");
        shell.type("retries", "release", "2");
        intercom.workspace().addConversation("999");
        assertThat(shell.type("run").exitCode()).isZero();

        shell.type("report", "1");

        assertThat(Files.readString(directory.resolve("reports/run-1.txt")))
                .startsWith("convmerge run 1: COMPLETED, ")
                .contains("        1  merged: ", "        1  failed: ", "; since then it became MERGED");
    }

    @Test
    void a_folder_that_takes_no_report_keeps_the_run_from_starting() throws Exception {
        shell.ask("100", "101", "102");
        Path reports = Files.createFile(directory.resolve("reports"));

        Said said = shell.type("run");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("convmerge: no report can be written to " + reports);
        assertThat(intercom.callCount()).as("calls").isZero();
        Files.delete(reports);
        assertThat(shell.type("run").exitCode()).isZero();
    }

    @Test
    void a_report_that_cannot_be_written_any_more_changes_nothing_in_what_the_run_did() throws Exception {
        shell.ask("100", "101", "102");
        Path inTheWay = Files.createDirectories(directory.resolve("reports/run-1.txt/in-the-way"));

        Said said = shell.type("run");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "Run 1 finished in",
                        "        2  merged: ",
                        "No report: the report ",
                        "then: convmerge report 1");
        assertThat(shell.type("report").exitCode()).as("nothing is written yet").isEqualTo(2);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(shell.type("report").exitCode()).isZero();
        assertThat(shell.type("status").out()).contains("COMPLETED");
    }

    @Test
    void parents_that_could_not_be_told_are_counted_and_the_next_run_tells_them() {
        shell.ask("100", "101", "102");
        intercom.faults(
                FaultPlan.always(arrival -> arrival.isNote() && arrival.isFor("100"), Fault.GATEWAY_504_BEFORE));
        CliRunner hasty = shell.with("--convmerge.in-doubt.settle-time=1s");
        String untold =
                "1 parent is not told yet of what was merged into it, or taken back; the next run goes on with that.";
        assertThat(hasty.type("run", "--no-wait").out()).contains("        2  merged: ", untold);

        intercom.faults(FaultPlan.none());
        assertThat(hasty.type("run").out()).doesNotContain(" not told yet ");
        assertThat(intercom.workspace().conversation("100").notes()).hasSize(1);
    }

    /** As after a process was frozen for long: the record of the run is the other one's, and has nothing to show of this one. */
    @Test
    void a_run_that_another_has_taken_over_shows_no_counts_and_leaves_the_record_alone() {
        shell.ask("100", "101", "102");
        intercom.faults(arrival -> {
            if (arrival.isNote()) {
                shell.sql("UPDATE merge_run_lock SET owner = '4711@other/0a1b/1@x',"
                        + " expires_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR");
            }
            return Optional.empty();
        });

        Said said = shell.with("--convmerge.concurrency=1").type("run");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("convmerge: run 1 failed: ", "go on with: convmerge restart 1");
        assertThat(shell.select("SELECT outcome FROM merge_run")).isEqualTo("RUNNING");
    }

    @Test
    void on_a_screen_a_long_line_is_cut_so_that_the_result_stays_in_sight_and_the_report_has_it_whole()
            throws IOException {
        shell.ask("100", "404");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        Commands.execute(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        60),
                why -> {},
                shell.withSettings("run"));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.startsWith("FAILED"))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(60).endsWith("…"));
        assertThat(Files.readString(directory.resolve("reports/run-1.txt")))
                .contains("404 not_found: Resource Not Found (Intercom request id ");
    }

    @Test
    void an_answer_that_cannot_be_printed_is_told_and_fails_every_command_but_a_run_that_was_made() {
        shell.ask("100", "101");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        for (Map.Entry<String, Integer> expected : Map.of(
                        "status", 1, "retries list", 1, "import --list", 1, "run --dry-run", 1, "run", 0)
                .entrySet()) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Commands.execute(
                    new Terminal(
                            new PrintStream(full, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            null),
                    why -> {},
                    shell.withSettings(expected.getKey().split(" ")));
            assertThat(exitCode).as(expected.getKey()).isEqualTo(expected.getValue());
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("convmerge: the answer could not be printed in full");
        }
        assertThat(intercom.workspace().conversation("101").notes()).hasSize(1);
    }
}
