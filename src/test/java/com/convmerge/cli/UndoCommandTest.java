package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code undo} as an operator types it, on the night of the sandbox. */
class UndoCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_sample_night_is_looked_at_taken_back_and_reported_on() throws Exception {
        CliRunner shell = CliRunner.in(directory);
        assertThat(shell.type("run", "--sandbox").out()).contains("287  merged");
        Path file = directory.resolve("plan.csv");

        Said plan = shell.type("undo", "1", "--sandbox", "--dry-run", "--out", "" + file);

        assertThat(plan.exitCode()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .contains("Dry run: nothing was written", "      283  would be opened again")
                .contains("        2  would be snoozed again, until the same time")
                .contains("        2  would get the note of the undo, and lose our tag; their state stays")
                .contains("request 60 (215470003007 into 215470001021): it was closed before the merge");
        assertThat(Files.readAllLines(file))
                .hasSize(288)
                .startsWith(
                        "\"request_id\",\"duplicate\",\"parent\",\"survivor\",\"outcome\",\"reason\",\"untags\",\"redacts\",\"tells_parent\"");
        assertThat(shell.type("status", "--sandbox").out())
                .contains("287  MERGED")
                .doesNotContain("UNDONE");

        Said undone = shell.type("undo", "1", "--sandbox", "--by", "Ines", "--reason", "wrong list");

        assertThat(undone.exitCode()).as(undone.toString()).isZero();
        assertThat(undone.out()).contains("Run 2 finished", "287  taken back", "  0  not taken back");
        assertThat(shell.type("status", "--sandbox").out())
                .contains("287  UNDONE", "  0  MERGED", "287 taken back")
                .doesNotContain("A run is under way");
        assertThat(shell.type("undo", "1", "--sandbox").out()).contains("Nothing was left to take back.");
        assertThat(shell.type("report", "2", "--sandbox", "--json").out())
                .contains("\"kind\" : \"UNDO\"", "\"undone\" : 287");
    }

    @Test
    void what_is_not_there_is_refused_before_anything_happens() {
        CliRunner shell = CliRunner.in(directory);

        assertRefused(shell.type("undo", "7", "--sandbox"), "there is no run 7; 'status' lists the last ones");
        assertRefused(
                shell.type("undo", "--request", "5,6", "--sandbox"),
                "request 5 is not MERGED, so that there is nothing to take back; nothing was done");
        assertRefused(
                shell.type("undo", "--survivor", "12345", "--sandbox"), "nothing is merged into conversation 12345");
        assertRefused(shell.type("undo", "--survivor", "last", "--sandbox"), "--survivor is \"last\"");
        assertRefused(shell.type("undo", "1", "--reason", "x".repeat(2_001), "--sandbox"), "at most 2000 fit");
        assertRefused(shell.type("undo", "--sandbox"), "");
        assertRefused(shell.type("undo", "1", "--request", "2", "--sandbox"), "");
    }

    private static void assertRefused(Said said, String why) {
        assertThat(said.exitCode()).as(said.toString()).isEqualTo(2);
        assertThat(said.err()).contains("convmerge: ").contains(why);
    }
}
