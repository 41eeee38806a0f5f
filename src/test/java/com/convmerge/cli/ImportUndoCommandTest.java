package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code import --list} and {@code import --undo}, and the options that say what a file means. */
class ImportUndoCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    @BeforeEach
    void makeTables() {
        shell = CliRunner.in(directory).makeTables();
    }

    @Test
    void an_import_is_listed_and_taken_back_once() throws IOException {
        assertThat(shell.type("import", "--list").out())
                .isEqualTo("Nothing was imported yet." + System.lineSeparator());
        shell.type("import", file("parent,duplicate\n10,20\n10,21\n"));
        shell.type("import", file("parent,duplicate\n10,20\n10,22\n"));

        assertThat(shell.type("import", "--list").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("IMPORT  AT ")
                                .endsWith("FILE, AND WHERE ITS REQUESTS STAND"),
                        line -> assertThat(line).matches(" {5}2  \\S+ \\S+ .* 1  .*requests\\.csv"),
                        line -> assertThat(line).matches(" +1 PENDING, 1 were there already"),
                        line -> assertThat(line).matches(" {5}1  .* 2  .*requests\\.csv"),
                        line -> assertThat(line).matches(" +2 PENDING"));

        Said undone = shell.type("import", "--undo", "1");
        assertThat(undone.exitCode()).isZero();
        assertThat(undone.out()).isEqualTo("Import 1: took back 2 requests." + System.lineSeparator());
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("1");

        Said again = shell.type("import", "--undo", "1");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .startsWith("convmerge: import 1 was taken back before (2 of 2 requests); nothing was done.")
                .hasLineCount(1);
        assertThat(shell.type("import", "--list").out()).contains(" 2 taken back ");
    }

    @Test
    void the_list_is_there_for_programs() throws IOException {
        shell.type("import", file("parent,duplicate\n10,20\n"));

        JsonNode list = new JsonMapper()
                .readTree(shell.type("import", "--list", "--json").out());

        assertThat(list).hasSize(1);
        assertThat(list.get(0).get("id").asLong()).isEqualTo(1);
        assertThat(list.get(0).get("added").asLong()).isEqualTo(1);
        assertThat(list.get(0).get("already_there").asLong()).isZero();
        assertThat(list.get(0).get("undone_at").isNull()).isTrue();
        assertThat(list.get(0).get("requests").get("PENDING").asLong()).isEqualTo(1);
    }

    @Test
    void what_stays_is_told_with_the_reason() throws IOException {
        shell.type("import", file("parent,duplicate\n10,20\n10,21\n"));
        shell.sql("UPDATE merge_request SET status = 'MERGED' WHERE duplicate_conversation_id = '20'");

        Said undone = shell.type("import", "--undo", "1");

        assertThat(undone.exitCode()).isEqualTo(3);
        assertThat(undone.out())
                .isEqualTo("Import 1: took back 1 request; what stays: 1 is merged." + System.lineSeparator());
    }

    @Test
    void beside_a_run_nothing_is_taken_back() throws IOException {
        shell.type("import", file("parent,duplicate\n10,20\n"));
        shell.sql("UPDATE merge_run_lock SET owner = '4711@night-host@x', locked_at = CURRENT_TIMESTAMP,"
                + " expires_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR WHERE id = 1");

        Said undone = shell.type("import", "--undo", "1");

        assertThat(undone.exitCode()).isEqualTo(5);
        assertThat(undone.err())
                .isEqualTo("convmerge: another run is under way (pid 4711 on night-host); nothing was done"
                        + System.lineSeparator());
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("1");
    }

    @Test
    void a_question_about_a_column_is_answered_with_the_option_that_it_names() throws IOException {
        String file = file("Main ticket,Duplicate,Reasons\n10,20,x\n");

        Said asked = shell.type("import", file);
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.err()).contains("--column parent='Main ticket'", "--column reason='Reasons'");

        Said answered = shell.type("import", file, "--column", "parent=Main ticket", "--column=reason=Reasons");
        assertThat(answered.exitCode()).as(answered.err()).isZero();
        assertThat(answered.out())
                .contains("parent from \"Main ticket\", duplicate from \"Duplicate\", reason from \"Reasons\".");
        assertThat(shell.select("SELECT reason FROM merge_request")).isEqualTo("x");
    }

    @Test
    void the_encoding_can_be_said() throws IOException {
        Path file = Files.write(
                directory.resolve("mac.csv"),
                "parent,duplicate,reason\n10,20,Größe\n".getBytes(Charset.forName("x-MacRoman")));

        assertThat(shell.type("import", file.toString(), "--encoding", "macroman")
                        .out())
                .startsWith("Understood as: x-MacRoman, ");
        assertThat(shell.select("SELECT reason FROM merge_request")).isEqualTo("Größe");
        assertThat(shell.type("import", file.toString(), "--encoding", "nothing")
                        .err())
                .startsWith("convmerge: --encoding is \"nothing\"; expected the name of an encoding");
    }

    @Test
    void a_file_is_tried_out_on_the_sandbox_also_before_its_first_run() throws IOException {
        String file = file("parent,duplicate\n10,https://app.eu.intercom.com/a/inbox/abc123/inbox/conversation/20\n");

        Said tried = shell.type("import", file, "--sandbox");
        assertThat(tried.exitCode()).as(tried.err()).isZero();
        assertThat(tried.out()).contains("Import 1: added 1 request;");
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("0");
        assertThat(shell.type("import", "--list").out()).startsWith("Nothing was imported yet.");
        assertThat(shell.type("import", "--list", "--sandbox").out()).contains(" 1 PENDING");

        Said run = shell.type("run", "--sandbox", "--limit", "1");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(shell.type("import", file, "--sandbox").out()).contains("added 0 requests; 1 was there already.");
        assertThat(shell.type("import", "--undo", "2", "--sandbox").err())
                .startsWith("convmerge: import 2 has no requests");
    }

    @Test
    void one_thing_is_asked_for_at_a_time() throws IOException {
        String file = file("parent,duplicate\n10,20\n");

        for (String[] command : new String[][] {
            {"import"},
            {"import", file, "--list"},
            {"import", "--list", "--undo", "1"},
            {"import", "--undo", "1", "--encoding", "UTF-8"}
        }) {
            Said said = shell.type(command);
            assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
            assertThat(said.err()).hasLineCount(1);
        }
        assertThat(shell.select("SELECT COUNT(*) FROM merge_request")).isEqualTo("0");
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("requests.csv"), text).toString();
    }
}
