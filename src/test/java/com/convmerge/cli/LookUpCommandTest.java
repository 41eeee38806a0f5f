package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code status} for people who know a conversation or a ticket, and no request's id. */
class LookUpCommandTest {
    private static final String INBOX = "https://app.intercom.com/a/inbox/abc/inbox/conversation/";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    /** 1: 101 into 100; 2: 102 into 100, JIRA-4711; 3: 100 into 90. */
    @BeforeEach
    void fill() {
        shell = CliRunner.in(directory).makeTables();
        shell.ask("100", "101", "102");
        shell.ask("90", "100");
        shell.sql(
                "UPDATE merge_request SET external_ref = 'JIRA-4711' WHERE id = 2",
                "UPDATE merge_request SET status = 'MERGED', survivor_conversation_id = '100' WHERE id = 1",
                "INSERT INTO merge_workspace (id, app_id_code) VALUES (1, 'abc')");
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    @Test
    void one_request_is_found_by_its_conversation_or_its_ref_and_told_as_by_its_id() {
        String history = shell.type("status", "--request", "2").out();

        assertThat(history)
                .startsWith("Request 2: conversation 102 into 100 (JIRA-4711)")
                .contains("  duplicate  " + INBOX + "102", "  parent     " + INBOX + "100");
        assertThat(shell.type("status", "--conversation", "102")).isEqualTo(new Said(0, history, ""));
        assertThat(shell.type("status", "--ref", " JIRA-4711 ")).isEqualTo(new Said(0, history, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " 102\u00a0",
                "\u200b102",
                INBOX + "102",
                "app.intercom.com/a/inbox/abc/inbox/shared/unassigned/conversation/102?view=List",
                "https://app.eu.intercom.com/a/apps/abc/conversations/102/"
            })
    void a_conversation_is_named_by_its_id_or_by_a_link_as_it_was_copied(String typed) {
        assertThat(shell.type("status", "--conversation", typed).out()).startsWith("Request 2: ");
    }

    @Test
    void several_requests_are_told_a_line_each_newest_first_with_their_links() {
        assertThat(shell.type("status", "--conversation", "100"))
                .isEqualTo(new Said(
                        0,
                        lines(
                                "3 requests touch the conversation 100, newest first:",
                                "PENDING   request 3: " + INBOX + "100 into " + INBOX + "90",
                                "PENDING   request 2 (JIRA-4711): " + INBOX + "102 into " + INBOX + "100",
                                "MERGED    request 1: " + INBOX + "101 into " + INBOX + "100"),
                        ""));
        assertThat(shell.type("status", "--conversation", "100", "--limit", "1").out())
                .contains("request 3")
                .doesNotContain("request 2")
                .endsWith(lines("... and 2 more: --limit 3"));
    }

    @Test
    void a_program_gets_the_same_fields_however_many_requests_there_are() {
        JsonNode one = json("--conversation", "102");
        assertThat(one.get("conversation_id").asString()).isEqualTo("102");
        assertThat(one.get("total").asLong()).isEqualTo(1);
        assertThat(one.get("requests").get(0)).isEqualTo(json("--request", "2")).isEqualTo(json("--ref", "JIRA-4711"));

        JsonNode some = json("--conversation", "100", "--limit", "2");
        assertThat(some.get("total").asLong()).isEqualTo(3);
        assertThat(some.get("requests")).hasSize(2);
        assertThat(some.at("/requests/0/duplicate_link").asString()).isEqualTo(INBOX + "100");
    }

    private JsonNode json(String... sought) {
        String[] command = new String[sought.length + 2];
        command[0] = "status";
        command[1] = "--json";
        System.arraycopy(sought, 0, command, 2, sought.length);
        Said said = shell.type(command);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return new JsonMapper().readTree(said.out());
    }

    @Test
    void what_is_not_there_or_no_conversation_is_refused_in_a_line() {
        assertRefused("no request touches the conversation \"999\"", "--conversation", "999");
        assertRefused(
                "there is no request with the external_ref \"JIRA-1\"; it must be written as in the table",
                "--ref",
                "JIRA-1");
        assertRefused(
                "--conversation is \"https://example.com/102\"; expected a conversation's id, or its link in the inbox:"
                        + " https://app.intercom.com/…/conversation/ID",
                "--conversation",
                "https://example.com/102");
        assertRefused("--limit goes with --conversation", "--limit", "3");
        assertRefused("--limit goes with --conversation", "--limit", "3", "--ref", "JIRA-4711");
        assertRefused("--limit is 0; expected 1 or more", "--conversation", "100", "--limit", "0");
        assertThat(shell.type("status", "--request", "1", "--ref", "x").exitCode())
                .isEqualTo(2);
    }

    private void assertRefused(String message, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "status";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertThat(shell.type(command)).isEqualTo(new Said(2, "", lines("convmerge: " + message)));
    }
}
