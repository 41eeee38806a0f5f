package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run over the sample data, and the output of the other commands about it. The tests share that run. */
class SampleNightTest {
    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static Said night;

    @BeforeAll
    static void runTheSample() {
        night = shell().type("run", "--sandbox");
    }

    private static CliRunner shell() {
        return CliRunner.in(directory);
    }

    @Test
    void the_night_ends_with_a_summary_and_3_as_some_of_the_sample_cannot_be_merged() {
        assertThat(night.exitCode()).isEqualTo(3);
        assertThat(night.out())
                .containsPattern("Run 1 finished in \\d+ s\\.")
                .contains(
                        "      287  merged: ", "        7  rejected: ", "        5  failed: ", "        1  postponed: ")
                .contains("1 request waits for the next try, until ")
                .contains("Report: " + directory.resolve("data/sandbox/reports") + "/run-1.txt");
        assertThat(night.out().lines().filter(line -> line.contains("  request ")))
                .hasSize(13);
    }

    @Test
    void it_says_that_nothing_leaves_the_machine_and_how_far_it_is() {
        assertThat(night.err())
                .startsWith("The sandbox stands in for Intercom at http://127.0.0.1:")
                .contains("nothing leaves this machine. Sample: 300 merge requests.")
                .contains("Merging 100% ", " 300/300 ", " 13 not merged");
        assertThat(night.out() + night.err()).doesNotContain("sandbox-token").doesNotContain("\tat ");
    }

    @Test
    void a_second_night_finds_its_work_done_and_says_so() {
        Said second = shell().type("run", "--sandbox");
        assertThat(second.exitCode()).as("one request waits still").isEqualTo(3);
        assertThat(second.out())
                .contains("Nothing was left to do: 287 requests were merged before.")
                .contains("1 request waits for the next try");
        assertThat(second.err()).as("no bar for nothing").hasLineCount(2);
        assertThat(shell().type("run", "--sandbox", "--exit-zero").exitCode()).isZero();
    }

    @Test
    void status_tells_where_the_requests_stand() {
        Said said = shell().type("status", "--sandbox");
        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .startsWith("No run is under way." + System.lineSeparator())
                .contains(
                        "          0  PENDING",
                        "        287  MERGED",
                        "          1  RETRY",
                        "          5  FAILED",
                        "          7  REJECTED")
                .containsPattern("          1  COMPLETED  .* 287 merged, 7 rejected, 5 failed, 1 postponed");
    }

    @Test
    void status_tells_it_to_programs_as_json() {
        Said said = shell().type("status", "--sandbox", "--json");
        JsonNode status = new JsonMapper().readTree(said.out());
        assertThat(status.get("running").asBoolean()).isFalse();
        assertThat(status.get("requests").toString())
                .isEqualTo("{\"PENDING\":0,\"MERGED\":287,\"RETRY\":1,\"FAILED\":5,\"REJECTED\":7,\"UNDONE\":0}");
        JsonNode first = status.get("runs")
                .valueStream()
                .filter(run -> run.get("id").asLong() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(first.get("outcome").asString()).isEqualTo("COMPLETED");
        assertThat(first.get("merged").asLong()).isEqualTo(287);
        assertThat(first.get("postponed").asLong()).isEqualTo(1);
        assertThat(java.time.Instant.parse(first.get("started_at").asString()))
                .isBefore(java.time.Instant.parse(first.get("ended_at").asString()));
    }

    @Test
    void retries_list_tells_what_failed_and_what_happens_next() {
        Said said = shell().type("retries", "list", "--sandbox");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out().lines()).as("a heading, and two lines a request").hasSize(13);
        assertThat(said.out().lines().skip(1).findFirst().orElseThrow())
                .as("what is tried again comes first")
                .contains(
                        "  289  215470002270  ",
                        "note",
                        "IN_DOUBT",
                        "looked up and tried again by the first run after ");
        assertThat(said.out())
                .contains(
                        "500 server_error: Server Error (Intercom request id ",
                        "404 not_found",
                        "422 parameter_invalid")
                .contains("parent check", "given up; 'retries release 300 --sandbox' tries it again");
        assertThat(shell().type("retries", "list", "--sandbox", "--limit", "2")
                        .out()
                        .lines())
                .hasSize(6)
                .last()
                .isEqualTo("... and 4 more: --limit 6");
    }

    @Test
    void status_tells_all_that_is_known_of_a_request() {
        Said said = shell().type("status", "--sandbox", "--request", "1");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .startsWith("Request 1: conversation 215470002001 into 215470001001 (sample-0001)")
                .contains("MERGED", "note   DONE        1 sent", "; ref cmd", "tag    DONE", "close  DONE");
        JsonNode json = new JsonMapper()
                .readTree(shell().type("status", "--sandbox", "--request", "1", "--json")
                        .out());
        assertThat(json.get("status").asString()).isEqualTo("MERGED");
        assertThat(json.get("operations")
                        .valueStream()
                        .map(operation -> operation.get("operation_key").asString()))
                .containsExactly("r1/note", "r1/tag", "r1/close");
        assertThat(shell().type("status", "--sandbox", "--request", "4711"))
                .isEqualTo(new Said(2, "", "convmerge: there is no request 4711" + System.lineSeparator()));
    }

    @Test
    void report_writes_the_same_again() throws IOException {
        Path file = directory.resolve("data/sandbox/reports/run-1.txt");
        String before = Files.readString(file);
        Files.delete(file);
        Said said = shell().type("report", "--sandbox", "1");
        assertThat(said).isEqualTo(new Said(0, file + System.lineSeparator(), ""));
        assertThat(Files.readString(file))
                .isEqualTo(before)
                .startsWith("convmerge run 1")
                .contains("287  merged");
    }

    @Test
    void a_directory_that_the_report_cannot_go_to_is_told() throws IOException {
        Path file = directory.resolve("data/sandbox/reports");
        Path kept = Files.move(file, directory.resolve("kept"));
        Files.writeString(file, "");
        Said said = shell().type("report", "--sandbox", "1");
        Files.delete(file);
        Files.move(kept, file);
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("convmerge: the report " + file + "/run-1.txt cannot be written")
                .contains("or set convmerge.report.directory to another folder")
                .hasLineCount(1);
    }

    @Test
    void a_completed_run_is_not_restarted() {
        Said said = shell().type("restart", "--sandbox", "1");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .endsWith("convmerge: run 1 is complete: there is nothing to restart. New and due requests are"
                        + " taken by: run" + System.lineSeparator());
    }

    @Test
    void an_execution_that_does_not_exist_is_told() {
        String told = "convmerge: there is no run 4711; 'status' lists the last ones" + System.lineSeparator();
        assertThat(shell().type("report", "--sandbox", "4711")).isEqualTo(new Said(2, "", told));
        assertThat(shell().type("restart", "--sandbox", "4711").err()).endsWith(told);
    }
}
