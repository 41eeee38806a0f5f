package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.AnswerChange;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text from outside with everything in it that a terminal obeys or hides, in each place where text comes from, and every output on
 * which it may appear.
 */
class OutsideTextTest {
    /** ESC, BEL, a line break that begins a forged line, NEL, U+009B, marks of direction and an invisible space. */
    private static final String EVIL = "ev\u001b[31m\u0007\r\nFORGED\u0085FORGED\u009b1m\u202e\u2066\u200b\u007fil";

    private static final Pattern DIRTY = Pattern.compile("(?!\n)[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]|(?m:^ *FORGED)");

    private static final String SQL_EVIL = "'" + EVIL + "'";

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    /** 2 waits in the retry table; 3 was rejected by execution 1, which has an evil description. 1 is new. */
    @BeforeEach
    void fill() {
        shell = CliRunner.in(directory).makeTables();
        shell.ask("100", "101", "102", "103");
        shell.sql(
                "UPDATE merge_request SET reason = " + SQL_EVIL + ", requested_by = " + SQL_EVIL
                        + ", external_ref = id || " + SQL_EVIL + ", job_execution_id = 1",
                "UPDATE merge_request SET status = 'RETRY', status_detail = " + SQL_EVIL + " WHERE id = 2",
                "UPDATE merge_request SET status = 'REJECTED', status_detail = " + SQL_EVIL
                        + ", parent_conversation_id = " + SQL_EVIL + " WHERE id = 3",
                "INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id) VALUES ('100', "
                        + SQL_EVIL + "), ('100', '104')",
                "INSERT INTO merge_retry (request_id, operation, failure_kind, http_status, code, message, intercom_request_id,"
                        + " attempts, first_failed_at, last_failed_at, next_attempt_at, job_execution_id) VALUES (2, 'NOTE',"
                        + " 'IN_DOUBT', 500, " + SQL_EVIL + ", " + SQL_EVIL + ", " + SQL_EVIL
                        + ", 1, CURRENT_TIMESTAMP,"
                        + " CURRENT_TIMESTAMP, TIMESTAMP WITH TIME ZONE '2099-01-01 03:00:00Z', 1)",
                "INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,"
                        + " first_sent_at, last_sent_at, code, message, intercom_request_id, remote_id, job_execution_id)"
                        + " VALUES ('r2/note', 'NOTE', 2, '102', 'IN_DOUBT', " + SQL_EVIL.substring(0, 19) + "', 1,"
                        + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, " + SQL_EVIL + ", " + SQL_EVIL + ", " + SQL_EVIL
                        + ", "
                        + SQL_EVIL + ", 1)");
    }

    @AfterEach
    void forgetTheLogFile() {
        // Spring Boot sets it for the process, in which further tests run.
        System.clearProperty("LOG_FILE");
    }

    @Test
    void what_the_tables_say_reaches_no_terminal_raw() {
        assertClean(shell.type("status", "--request", "2"), "IN_DOUBT");
        assertClean(shell.type("status", "--request", "3"), "REJECTED: ev?[31m");
        assertClean(shell.type("retries", "list"), "500 ev?[31m");
        assertThat(assertCleanJson("status", "--request", "2")
                        .path("external_ref")
                        .asString())
                .isEqualTo("2" + EVIL);
        assertThat(assertCleanJson("retries", "list").at("/requests/0/message").asString())
                .isEqualTo(EVIL);
        assertClean(shell.type("status", "--conversation", "100"), "2ev?[31m");
        assertThat(shell.type("status", "--ref", EVIL).err()).hasLineCount(1).doesNotContainPattern(DIRTY);
        assertThat(shell.type("status", "--conversation", EVIL + "/").err())
                .hasLineCount(1)
                .doesNotContainPattern(DIRTY);
    }

    @Test
    void what_intercom_says_reaches_no_terminal_log_report_or_table_raw() {
        Path log = directory.resolve("logs/convmerge.log");
        try (Sandbox intercom = Sandbox.builder().answers(evilAnswers()).start()) {
            for (int id = 100; id <= 104; id++) {
                intercom.workspace().addConversation(String.valueOf(id));
            }
            CliRunner night = shell.withSandbox(intercom, Sandbox.TOKEN);

            assertClean(
                    night.with("--logging.file.name=" + log).type("run"),
                    "FAILED    request 1 (101 into 100): note refused: 422 ev");
            assertClean(night.type("status"), "COMPLETED");
        }
        assertThat(read(log)).contains("request 1", "note refused: 422 ev").doesNotContainPattern(DIRTY);
        assertThat(read(directory.resolve("reports/run-1.txt")))
                .contains("FAILED    request 1 ", "REJECTED  request 3 (103 into ev?[31m???FORGED?FORGED")
                .doesNotContainPattern(DIRTY);
        assertThat(shell.select("SELECT message FROM merge_retry WHERE request_id = 1"))
                .startsWith("ev?[31m?")
                .doesNotContainPattern(DIRTY);
    }

    private static AnswerPlan evilAnswers() {
        AnswerChange who = answer -> {
            answer.json().put("name", EVIL);
            answer.json().withObject("app").put("name", EVIL);
        };
        AnswerChange refused = answer -> {
            ObjectNode error = new JsonMapper()
                    .createObjectNode()
                    .put("type", "error.list")
                    .put("request_id", EVIL);
            error.withArray("errors").addObject().put("code", EVIL).put("message", EVIL);
            answer.status(422);
            answer.json(error);
        };
        return AnswerPlan.always(call -> call.path().equals("/me"), who)
                .and(AnswerPlan.always(call -> call.isNote() && call.isFor("101"), refused))
                .and(AnswerPlan.always(
                        call -> call.isRead() && call.isFor("100"),
                        AnswerChange.ofConversation(conversation -> conversation.put("state", EVIL))));
    }

    @Test
    void a_plan_is_clean_on_the_terminal_in_json_and_in_a_spreadsheet() {
        Path plan = directory.resolve("plan.csv");
        try (Sandbox intercom = Sandbox.builder().start()) {
            intercom.workspace().addConversation("100");
            CliRunner night = shell.withSandbox(intercom, Sandbox.TOKEN);

            assertClean(
                    night.type("run", "--dry-run", "--out", plan.toString()),
                    "on the duplicate 101:",
                    "would be rejected",
                    "Merged into <a href");
            Said said = night.type("run", "--dry-run", "--json");
            assertThat(said.out()).doesNotContainPattern(DIRTY);
            assertThat(new JsonMapper().readTree(said.out()).at("/notes/0/html").asString())
                    .contains("FORGED");
        }
        String csv = read(plan).replace("\r\n", "\n");
        assertThat(csv).contains("\"ev?[31m?").doesNotContainPattern(DIRTY);
        assertThat(csv.lines()).as("header and three requests").hasSize(4);
    }

    @Test
    void a_region_of_intercom_and_the_arguments_are_clean_in_messages() {
        try (Sandbox intercom = Sandbox.builder().region(EVIL).start()) {
            Said said = shell.withSandbox(intercom, Sandbox.TOKEN).type("run");
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.err())
                    .contains("is in Intercom's region ev")
                    .hasLineCount(1)
                    .doesNotContainPattern(DIRTY);
        }
        String[][] commands = {
            {EVIL},
            {"run", "--" + EVIL},
            {"run", "--until", EVIL},
            {"import", EVIL},
            {"retries", "list", "--kind", EVIL},
            {"help", EVIL},
            {"status", "--convmerge." + EVIL + "=1"},
            {"status", "--convmerge.concurrency=" + EVIL}
        };
        for (String[] command : commands) {
            Said said = shell.type(command);
            assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
            assertThat(said.err()).startsWith("convmerge: ").hasLineCount(1).doesNotContainPattern(DIRTY);
            assertThat(said.out()).isEmpty();
        }
    }

    @Test
    void a_reason_to_drop_and_a_faulty_file_forge_no_line() throws IOException {
        assertThat(shell.type("retries", "drop", "2", "--reason", EVIL).exitCode())
                .isZero();
        assertThat(shell.select("SELECT status_detail FROM merge_request WHERE id = 2"))
                .startsWith("dropped by an operator: ev?[31m")
                .doesNotContainPattern(DIRTY);
        Path file = Files.writeString(
                directory.resolve("requests.csv"),
                "parent,duplicate,external_ref,\"" + EVIL + "\"\n100,\"" + EVIL + "\",x,\n100,109,\"2" + EVIL
                        + "\",\n");

        Said said = shell.type("import", file.toString());

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("duplicate is \"ev?[31m").doesNotContainPattern(DIRTY);
    }

    private static void assertClean(Said said, String... parts) {
        assertThat(said.out()).contains(parts).doesNotContainPattern(DIRTY);
        assertThat(said.err()).doesNotContainPattern(DIRTY);
    }

    private JsonNode assertCleanJson(String... command) {
        String[] withJson = Arrays.copyOf(command, command.length + 1);
        withJson[command.length] = "--json";
        Said said = shell.type(withJson);
        assertThat(said.out()).doesNotContainPattern(DIRTY).matches("[\\n\\x20-\\x7E]*");
        return new JsonMapper().readTree(said.out());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
