package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.NewConversation;
import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way of merging as operators meet it: in files, in the plan, in the result and in the settings. */
class NativeStrategyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_file_says_for_each_request_how_it_is_merged_and_the_report_which_merges_are_final() throws IOException {
        try (Sandbox intercom = Sandbox.builder().start()) {
            CliRunner shell = shell(intercom, "parent,duplicate,Strategy\n100,101,native\n100,102,\n100,103,LINK\n");

            Said said = shell.type("run");

            assertThat(said.exitCode()).as(said.err()).isZero();
            assertThat(intercom.workspace().conversation("101").mergedInto()).isEqualTo("100");
            assertThat(intercom.workspace().conversation("103").mergedInto()).isNull();
            assertThat(said.out())
                    .contains(
                            "1 of the merged requests was done by Intercom's own merge: it is final, and nothing can");
            assertThat(Files.readString(directory.resolve("reports/run-1.txt")))
                    .contains("1 of the merged requests was done by Intercom's own merge")
                    .endsWith("FINAL     request 1 (101 into 100): by Intercom's own merge\n");
        }
    }

    @Test
    void a_strategy_in_a_file_that_there_is_not_is_told_with_its_line_and_nothing_is_added() throws IOException {
        Path file = Files.writeString(directory.resolve("r.csv"), "parent,duplicate,strategy\n1,2,link\n1,3,merge\n");
        CliRunner shell = CliRunner.in(directory).makeTables();

        Said said = shell.type("import", "" + file);

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .contains("line 3: strategy is \"merge\"; expected link, native, native-then-link, or nothing");
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("0");
    }

    @Test
    void the_dry_run_counts_by_strategy_and_warns_of_what_cannot_be_undone() throws IOException {
        try (Sandbox intercom = Sandbox.builder().start()) {
            CliRunner shell = shell(
                    intercom,
                    "parent,duplicate,strategy\n100,101,native\n100,102,native-then-link\n100,103,\n100,104,\n");
            Path plan = directory.resolve("plan.csv");

            Said said = shell.type("run", "--dry-run", "--out", "" + plan);

            assertThat(said.out())
                    .contains("        1  native: ", "        1  native-then-link: ", "        2  link: ")
                    .contains("WARNING: Intercom's own merge cannot be undone")
                    .contains("<p>Merged from <a href=");
            assertThat(Files.readAllLines(plan).get(0)).endsWith(",\"reason\",\"strategy\"");
            assertThat(Files.readAllLines(plan).get(2)).endsWith(",\"native-then-link\"");
            JsonNode json = new JsonMapper()
                    .readTree(shell.type("run", "--dry-run", "--json").out());
            assertThat(json.at("/strategies/native").asInt()).isEqualTo(1);
            assertThat(json.at("/strategies/link").asInt()).isEqualTo(2);
            assertThat(json.at("/requests/0/strategy").asString()).isEqualTo("native");
        }
    }

    @Test
    void a_night_without_native_merges_is_told_as_it_was_before_there_were_any() throws IOException {
        try (Sandbox intercom = Sandbox.builder().start()) {
            CliRunner shell = shell(intercom, "parent,duplicate\n100,101\n");

            assertThat(shell.type("run", "--dry-run").out()).doesNotContain("WARNING", "link:", "native");
            assertThat(shell.type("run").out()).doesNotContain("final", "Intercom's own merge");
            assertThat(Files.readString(directory.resolve("reports/run-1.txt"))).doesNotContain("final", "FINAL");
        }
    }

    @Test
    void a_setting_that_is_no_strategy_is_told_with_those_that_there_are() {
        Said said = CliRunner.in(directory)
                .with("--convmerge.strategy=nativ", "--convmerge.intercom.access-token=any")
                .type("run");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .contains(
                        "the setting convmerge.strategy is \"nativ\"; expected one of link, native, native-then-link");
    }

    /** With a ticket that Intercom never merges among the duplicates 101 to 104. */
    private CliRunner shell(Sandbox intercom, String csv) throws IOException {
        for (String id : new String[] {"100", "101", "103", "104"}) {
            intercom.workspace().addConversation(id);
        }
        intercom.workspace().addConversation(NewConversation.of("102").asTicket("Tracker"));
        CliRunner shell =
                CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();
        Said said = shell.type("import", "" + Files.writeString(directory.resolve("requests.csv"), csv));
        assertThat(said.exitCode()).as(said.err()).isZero();
        return shell;
    }
}
