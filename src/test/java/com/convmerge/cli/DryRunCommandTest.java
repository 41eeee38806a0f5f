package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.merge.Author;
import com.convmerge.preview.DryRunPlan;
import com.convmerge.preview.DryRunPlan.Line;
import com.convmerge.preview.DryRunPlan.Result;
import com.convmerge.sandbox.Sandbox;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output of {@code run --dry-run} for the sample data. */
class DryRunCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void it_tells_the_outcomes_the_calls_the_end_and_the_first_notes() {
        Said said = CliRunner.in(directory).type("run", "--sandbox", "--dry-run", "--at", "02:00");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .startsWith("Dry run: nothing was written, here or at Intercom.")
                .contains("      291  would be merged, into 112 conversations", "        7  would be rejected")
                .contains("        2  would go to the retry table")
                .contains("1,101 calls to Intercom", "at the 1,666 calls in 10 s", " 02:00:00 ", " 02:00:06 ")
                .contains("request 90 (last into 215470001022): duplicate_conversation_id is \"last\"")
                .contains("Workspace \"Convmerge sandbox\" (", ", region US); the notes are signed by ")
                .contains("A run writes at most 291 notes on 291 duplicates, and 112 notes on the 112 parents")
                .contains("The first notes", "  on the duplicate 2154700", "Merged into <a href=")
                .containsPattern(
                        "  on the parent 215470001001:\\R    \\| <p>ref cmpxxxxxxxxx</p><p>.* merged into this");
        assertThat(CliRunner.in(directory).type("status", "--sandbox").out()).contains("300  PENDING", "No run yet.");
    }

    @Test
    void an_intercom_that_cannot_be_used_is_told_in_one_line() {
        Said unreachable = CliRunner.in(directory)
                .with("--convmerge.intercom.access-token=any", "--convmerge.intercom.base-url=http://127.0.0.1:1")
                .with("--convmerge.intercom.tries=1")
                .type("run", "--dry-run");
        assertThat(unreachable.exitCode()).isEqualTo(1);
        assertThat(unreachable.out()).isEmpty();
        assertThat(unreachable.err())
                .startsWith("convmerge: Intercom cannot be used now: no_connection: ")
                .endsWith(". Nothing was done" + System.lineSeparator())
                .doesNotContain("Exception")
                .hasLineCount(1);
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Said refused = CliRunner.in(directory)
                    .withSandbox(sandbox, "another-token")
                    .type("run", "--dry-run");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("refuses to work with this token", "Check INTERCOM_ACCESS_TOKEN and INTERCOM_REGION")
                    .hasLineCount(1);
        }
    }

    @Test
    void it_is_to_be_had_as_json_and_as_a_file_for_a_second_person() throws Exception {
        Path file = directory.resolve("plan.csv");

        Said said = CliRunner.in(directory)
                .type("run", "--sandbox", "--dry-run", "--json", "--limit", "5", "--out", "" + file);

        JsonNode plan = new JsonMapper().readTree(said.out());
        assertThat(plan.path("counts").path("MERGE").asInt()).isEqualTo(5);
        assertThat(plan.path("counts").path("LEFT").asInt()).isEqualTo(286);
        assertThat(plan.path("requests").size()).isEqualTo(300);
        assertThat(plan.path("author").path("workspace_name").asString()).isEqualTo("Convmerge sandbox");
        assertThat(plan.path("notes")).hasSize(4);
        assertThat(plan.path("notes").path(3).path("operation").asString()).isEqualTo("PARENT_NOTE");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .hasSize(301)
                .startsWith("\"request_id\",\"duplicate\",\"parent\",\"survivor\",\"outcome\",\"reason\"");
        assertThat(lines.get(1)).isEqualTo("\"1\",\"215470002001\",\"215470001001\",\"215470001001\",\"MERGE\",");
    }

    @Test
    void settings_that_ask_for_no_notes_on_parents_show_none() {
        Said said = CliRunner.in(directory)
                .type("run", "--sandbox", "--dry-run", "--limit", "2", "--convmerge.notify-parents=false");

        assertThat(said.out())
                .contains("at most 2 notes on 2 duplicates, and none on the ")
                .contains("  on the duplicate ")
                .doesNotContain("  on the parent ");
    }

    @Test
    void of_a_table_without_requests_it_tells_how_to_fill_it_and_of_one_where_all_is_done_it_does_not() {
        try (Sandbox intercom = Sandbox.builder().start()) {
            CliRunner shell =
                    CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();

            assertThat(shell.type("run", "--dry-run").out())
                    .contains("; the notes are signed by ", "nobody has asked for a merge yet", "  import requests.csv")
                    .doesNotContain("would be merged");

            shell.ask("100", "101");
            shell.sql("UPDATE merge_request SET status = 'REJECTED'");
            assertThat(shell.type("run", "--dry-run").out())
                    .contains("Nothing is to be done now: no request is new")
                    .doesNotContain("import");
        }
    }

    @Test
    void what_is_not_shown_is_counted_with_how_to_see_it() {
        try (Sandbox intercom = Sandbox.builder().start()) {
            intercom.workspace().addConversation("100");
            CliRunner shell =
                    CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();
            shell.sql("INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id)"
                    + " SELECT '100', CAST(200 + x AS VARCHAR) FROM SYSTEM_RANGE(1, 30)"
                    + " UNION ALL SELECT '100', 'last' FROM SYSTEM_RANGE(1, 23)");

            assertThat(shell.type("run", "--dry-run").out().lines())
                    .as("of 23 rejected requests, and of a note of 33 lines")
                    .contains("  ... and 3 more: --out FILE lists all", "    ... and 13 more: --json shows all of it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\r\n=1",
                "  =1",
                "\u00a0=1",
                "\u2028@1",
                "\u0085+1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff201",
                " \t \uff1d1",
                "=HYPERLINK(\"http://x\";\"y\")"
            })
    void what_a_spreadsheet_would_calculate_arrives_as_text(String formula) throws Exception {
        Line line = new Line(1, formula, formula, null, Result.REJECT, formula);

        List<String> lines = csv(line);

        assertThat(lines).hasSize(2);
        List<String> cells = CsvReader.builder().ofCsvRecord(lines.get(1)).stream()
                .findFirst()
                .orElseThrow()
                .getFields();
        for (int cell : new int[] {1, 2, 5}) {
            assertThat(cells.get(cell)).startsWith("'");
        }
    }

    @Test
    void a_cell_that_is_harmless_stays_as_it_is_and_none_can_begin_another() throws Exception {
        Line line = new Line(1, "102", "100", "100", Result.REJECT, "a-b=c; \"quoted\";=1\n\u001b[1m, end");

        assertThat(csv(line))
                .containsExactly(
                        "\"request_id\",\"duplicate\",\"parent\",\"survivor\",\"outcome\",\"reason\"",
                        "\"1\",\"102\",\"100\",\"100\",\"REJECT\",\"a-b=c; \"\"quoted\"\";=1 ?[1m, end\"");
    }

    private List<String> csv(Line line) throws IOException {
        Path file = directory.resolve("plan.csv");
        Author author = new Author("abc", null, "US", "1", null, null);
        DryRunCsv.write(new DryRunPlan(author, List.of(line), 0, 0, 0, 2, 0, Duration.ofSeconds(10), List.of()), file);
        return Files.readAllLines(file);
    }
}
