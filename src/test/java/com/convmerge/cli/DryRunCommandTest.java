package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.preview.DryRunPlan;
import com.convmerge.preview.DryRunPlan.Line;
import com.convmerge.preview.DryRunPlan.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                .contains("1,100 calls to Intercom", "at the 1,666 calls in 10 s", " 02:00:00 ", " 02:00:06 ")
                .contains("request 90 (last into 215470001022): duplicate_conversation_id is \"last\"")
                .contains("The first notes", "Merged into <a href=");
        assertThat(CliRunner.in(directory).type("status").out()).contains("300  PENDING", "No run yet.");
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
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(301).startsWith("request_id,duplicate,parent,survivor,outcome,reason");
        assertThat(lines.get(1)).isEqualTo("1,215470002001,215470001001,215470001001,MERGE,");
    }

    @Test
    void what_a_spreadsheet_would_calculate_arrives_as_text() throws Exception {
        Path file = directory.resolve("plan.csv");
        Line line = new Line(1, "=HYPERLINK(\"x\")", "2", null, Result.REJECT, "@sum, \"quoted\"");

        DryRunCsv.write(new DryRunPlan(List.of(line), 0, 2, 0, Duration.ofSeconds(10), List.of()), file);

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "request_id,duplicate,parent,survivor,outcome,reason",
                        "1,\"'=HYPERLINK(\"\"x\"\")\",2,,REJECT,\"'@sum, \"\"quoted\"\"\"");
    }
}
