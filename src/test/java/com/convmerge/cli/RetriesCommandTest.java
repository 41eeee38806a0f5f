package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that show and change the retry table. */
class RetriesCommandTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    /** Duplicate 101 was not sent, 102 is in doubt, 103 was not found and given up, 104 was not sent and then released. */
    @BeforeEach
    void fill() {
        shell = CliRunner.in(directory).makeTables();
        shell.ask("100", "101", "102", "103", "104");
        shell.sql(
                "UPDATE merge_request SET status = 'RETRY', status_detail = 'note not sent' WHERE id IN (1, 2)",
                "UPDATE merge_request SET status = 'FAILED', status_detail = 'note not found' WHERE id = 3",
                row(
                        1,
                        "TAG",
                        "NOT_SENT",
                        429,
                        "rate_limit_exceeded",
                        2,
                        "TIMESTAMP WITH TIME ZONE '2099-01-01 03:00:00Z'"),
                row(2, "NOTE", "IN_DOUBT", 500, "server_error", 1, "TIMESTAMP WITH TIME ZONE '2099-01-01 02:00:00Z'"),
                row(3, "NOTE", "NOT_FOUND", 404, "not_found", 3, "NULL"),
                row(4, "CLOSE", "NOT_SENT", 429, "rate_limit_exceeded", 0, "NULL"));
    }

    private static String row(
            long id, String operation, String kind, int http, String code, int attempts, String next) {
        return "INSERT INTO merge_retry (request_id, operation, failure_kind, http_status, code, message,"
                + " intercom_request_id, attempts, first_failed_at, last_failed_at, next_attempt_at, job_execution_id)"
                + " VALUES (" + id + ", '" + operation + "', '" + kind + "', " + http + ", '" + code
                + "', 'Said so', 'abc-" + id + "', " + attempts
                + ", TIMESTAMP WITH TIME ZONE '2026-08-21 01:00:00Z', TIMESTAMP WITH TIME ZONE '2026-08-21 02:00:00Z', "
                + next + ", 7)";
    }

    private String where(long id) {
        return shell.select("SELECT status || ' ' || status_detail FROM merge_request WHERE id = " + id);
    }

    @Test
    void list_shows_the_next_first_with_what_failed_and_what_happens_next_in_words() {
        Said said = shell.type("retries", "list");

        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines().map(line -> line.replaceAll("[0-9:-]+ [0-9:]+ [A-Z+0-9:]+$", "THEN")))
                .containsExactly(
                        "  REQUEST  DUPLICATE           FAILED AT     KIND       TRIES  NEXT",
                        "        2  102                 note          IN_DOUBT       1  looked up and tried again by the first run after THEN",
                        "           500 server_error: Said so (Intercom request id abc-2)",
                        "        1  101                 tag           NOT_SENT       2  tried again by the first run after THEN",
                        "           429 rate_limit_exceeded: Said so (Intercom request id abc-1)",
                        "        3  103                 note          NOT_FOUND      3  given up; 'retries release 3' tries it again",
                        "           404 not_found: Said so (Intercom request id abc-3)",
                        "        4  104                 close         NOT_SENT       0  tried again by the next run",
                        "           429 rate_limit_exceeded: Said so (Intercom request id abc-4)");
    }

    @Test
    void list_can_be_read_by_a_program_and_narrowed() {
        assertThat(json("retries", "list", "--json").get("total").asLong()).isEqualTo(4);
        JsonNode all = json("retries", "list", "--json").get("requests");
        assertThat(all).hasSize(4);
        JsonNode first = all.get(0);
        assertThat(first.get("request_id").asLong()).isEqualTo(2);
        assertThat(first.get("parent_conversation_id").asString()).isEqualTo("100");
        assertThat(first.get("duplicate_conversation_id").asString()).isEqualTo("102");
        assertThat(first.get("status").asString()).isEqualTo("RETRY");
        assertThat(first.get("operation").asString()).isEqualTo("NOTE");
        assertThat(first.get("failure_kind").asString()).isEqualTo("IN_DOUBT");
        assertThat(first.get("http_status").asInt()).isEqualTo(500);
        assertThat(first.get("code").asString()).isEqualTo("server_error");
        assertThat(first.get("message").asString()).isEqualTo("Said so");
        assertThat(first.get("intercom_request_id").asString()).isEqualTo("abc-2");
        assertThat(first.get("attempts").asInt()).isEqualTo(1);
        assertThat(first.get("first_failed_at").asString()).isEqualTo("2026-08-21T01:00:00Z");
        assertThat(first.get("last_failed_at").asString()).isEqualTo("2026-08-21T02:00:00Z");
        assertThat(first.get("next_attempt_at").asString()).isEqualTo("2099-01-01T02:00:00Z");
        assertThat(first.get("job_execution_id").asLong()).isEqualTo(7);
        assertThat(all.get(2).get("next_attempt_at").isNull()).isTrue();

        assertThat(ids("--kind", "not_sent")).isEqualTo("1 4");
        assertThat(ids("--code", "not_found")).isEqualTo("3");
        assertThat(ids("3", "1", "99")).isEqualTo("1 3");
        assertThat(ids("1", "2", "--kind", "IN_DOUBT")).isEqualTo("2");
        assertThat(ids("--limit", "2")).isEqualTo("2 1");
        assertThat(ids("--code", "none_such")).isEmpty();
    }

    private JsonNode json(String... command) {
        Said said = shell.type(command);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return new JsonMapper().readTree(said.out());
    }

    private String ids(String... narrowed) {
        String[] command = new String[narrowed.length + 3];
        System.arraycopy(new String[] {"retries", "list", "--json"}, 0, command, 0, 3);
        System.arraycopy(narrowed, 0, command, 3, narrowed.length);
        StringBuilder ids = new StringBuilder();
        json(command).get("requests").forEach(row -> ids.append(' ')
                .append(row.get("request_id").asLong()));
        return ids.toString().strip();
    }

    @Test
    void release_and_drop_want_to_be_told_which_and_drop_why() {
        String which = "convmerge: which requests? Give ids, --kind, --code or --all" + System.lineSeparator();
        String both = "convmerge: --all goes without ids, --kind and --code" + System.lineSeparator();
        assertThat(shell.type("retries", "release")).isEqualTo(new Said(2, "", which));
        assertThat(shell.type("retries", "drop", "--reason", "x")).isEqualTo(new Said(2, "", which));
        assertThat(shell.type("retries", "release", "--all", "1")).isEqualTo(new Said(2, "", both));
        assertThat(shell.type("retries", "drop", "--all", "--code", "x", "--reason", "x"))
                .isEqualTo(new Said(2, "", both));
        assertThat(shell.type("retries", "drop", "1").err())
                .startsWith("convmerge: Missing required option: '--reason=TEXT'")
                .hasLineCount(1);
        assertThat(shell.type("retries", "drop", "1", "--reason", " "))
                .isEqualTo(new Said(
                        2, "", "convmerge: --reason needs a text of 1 to 1,000 characters" + System.lineSeparator()));
        assertThat(where(1)).isEqualTo("RETRY note not sent");
    }

    @Test
    void release_sends_requests_back_and_names_those_that_were_not_there() {
        Said said = shell.type("retries", "release", "1", "3", "98", "99");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEqualTo("Released 2 requests; the next run tries them." + System.lineSeparator());
        assertThat(said.err())
                .isEqualTo("convmerge: not in the retry table as waiting or given up: request 98, 99;"
                        + " see: convmerge status --request ID" + System.lineSeparator());
        assertThat(where(1)).isEqualTo("PENDING released by an operator");
        assertThat(where(3)).isEqualTo("PENDING released by an operator");
        assertThat(where(2)).isEqualTo("RETRY note not sent");
        assertThat(shell.type("retries", "release", "--kind", "in_doubt").out())
                .isEqualTo("Released 1 request; the next run tries them." + System.lineSeparator());
        assertThat(shell.type("retries", "release", "--all"))
                .isEqualTo(new Said(
                        0, "Released nothing: no request of the retry table fits." + System.lineSeparator(), ""));
    }

    @Test
    void drop_gives_requests_up_with_the_reason() {
        Said said = shell.type("retries", "drop", "--all", "--reason", " seen by Mia ");

        assertThat(said)
                .isEqualTo(new Said(0, "Dropped 3 requests; no run tries them again." + System.lineSeparator(), ""));
        assertThat(where(2)).isEqualTo("FAILED dropped by an operator: seen by Mia");
        assertThat(where(3)).isEqualTo("FAILED dropped by an operator: seen by Mia");
        assertThat(shell.select("SELECT COUNT(*) FROM merge_retry WHERE next_attempt_at IS NOT NULL"))
                .isEqualTo("0");
        assertThat(shell.select("SELECT status FROM merge_request WHERE id = 4"))
                .isEqualTo("PENDING");
    }

    @Test
    void a_list_that_does_not_show_all_says_how_many_more_there_are_and_how_to_see_them() {
        Said some = shell.type("retries", "list", "--limit", "1");

        assertThat(some.exitCode()).isZero();
        assertThat(some.out()).hasLineCount(4).endsWith("... and 3 more: --limit 4" + System.lineSeparator());
        assertThat(shell.type("retries", "list", "--limit", "4").out()).doesNotContain("more");
        assertThat(shell.type("retries", "list", "--kind", "NOT_SENT", "--limit", "1")
                        .out())
                .endsWith("... and 1 more: --limit 2" + System.lineSeparator());
        JsonNode json = json("retries", "list", "--limit", "1", "--json");
        assertThat(json.get("total").asLong()).isEqualTo(4);
        assertThat(json.get("requests")).hasSize(1);
    }

    @Test
    void a_program_reads_what_was_released_and_dropped_and_what_was_not() {
        JsonNode dropped = json("retries", "drop", "1", "--reason", "x", "--json");
        assertThat(dropped.toString())
                .isEqualTo(
                        "{\"change\":\"dropped\",\"request_ids\":[1],\"left_dropped\":[],\"not_in_retry_table\":[]}");

        JsonNode released = json("retries", "release", "--kind", "NOT_SENT", "--json");
        assertThat(released.toString())
                .isEqualTo(
                        "{\"change\":\"released\",\"request_ids\":[],\"left_dropped\":[1],\"not_in_retry_table\":[]}");

        Said missing = shell.type("retries", "release", "99", "--json");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(new JsonMapper()
                        .readTree(missing.out())
                        .get("not_in_retry_table")
                        .toString())
                .isEqualTo("[99]");
    }

    @Test
    void a_released_request_is_tried_by_the_next_run_with_its_attempts_from_one() {
        try (Sandbox intercom = Sandbox.builder().start()) {
            intercom.workspace().addConversation("100");
            CliRunner night = shell.withSandbox(intercom, Sandbox.TOKEN);
            shell.sql("UPDATE merge_request SET status = 'MERGED' WHERE id IN (1, 2, 4)");
            assertThat(shell.type("retries", "release", "3").exitCode()).isZero();

            assertThat(night.type("run").exitCode()).isEqualTo(3);

            assertThat(where(3)).startsWith("FAILED note not found: 404 ");
            assertThat(shell.select("SELECT attempts FROM merge_retry WHERE request_id = 3"))
                    .isEqualTo("1");
            intercom.workspace().addConversation("103");
            shell.type("retries", "release", "3");
            assertThat(night.type("run").exitCode()).isZero();
            assertThat(shell.select("SELECT status FROM merge_request WHERE id = 3"))
                    .isEqualTo("MERGED");
            assertThat(intercom.workspace().conversation("103").notes()).hasSize(1);
        }
    }
}
