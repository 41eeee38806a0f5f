package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
