package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import com.convmerge.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The output of {@code status} about the run under way, about earlier runs and about one request. */
class StatusCommandTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Sandbox intercom;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    /** One run is complete: conversation 101 is merged, and 102 does not exist. */
    @BeforeEach
    void start() {
        intercom = Sandbox.builder().start();
        intercom.workspace().addConversation("100");
        intercom.workspace().addConversation("101");
        shell = CliRunner.in(directory).withSandbox(intercom, Sandbox.TOKEN).makeTables();
        shell.ask("100", "101", "102");
        assertThat(shell.type("run").exitCode()).isEqualTo(3);
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    private void aRunIsUnderWay() {
        shell.sql(
                "UPDATE merge_run_lock SET owner = '4711@night-host/0a1b/1@x', locked_at = CURRENT_TIMESTAMP - INTERVAL '10' MINUTE,"
                        + " expires_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR, step = 'applyMerges', requests_total = 4000,"
                        + " requests_done = 1000, calls_used = 1234, calls_granted = 1666");
        leftOpen();
    }

    /** Makes the run look as if it were still under way, or had been killed. */
    private void leftOpen() {
        shell.sql("UPDATE merge_run SET outcome = 'RUNNING'");
    }

    private JsonNode json(String... command) {
        Said said = shell.type(command);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return new JsonMapper().readTree(said.out());
    }

    @Test
    void a_run_under_way_is_told_with_since_when_how_far_the_calls_used_and_its_end() {
        aRunIsUnderWay();

        String out = shell.type("status").out();

        assertThat(out).startsWith("A run is under way: pid 4711 on night-host, since 2");
        assertThat(out.lines().skip(1).findFirst().orElse(""))
                .matches(
                        "  1,000 of 4,000 requests \\(applyMerges\\), 1,234 of the 1,666 calls of Intercom's window used;"
                                + " expected end [0-9-]+ [0-9:]+ .+\\.");
        assertThat(out).containsPattern("(?m)^ +1  RUNNING    ");

        JsonNode status = json("status", "--json");
        JsonNode run = status.get("run");
        assertThat(status.get("running").asBoolean()).isTrue();
        assertThat(run.get("worker").asString()).isEqualTo("pid 4711 on night-host");
        assertThat(run.get("stop_requested").asBoolean()).isFalse();
        assertThat(run.get("step").asString()).isEqualTo("applyMerges");
        assertThat(run.get("requests_total").asLong()).isEqualTo(4_000);
        assertThat(run.get("requests_done").asLong()).isEqualTo(1_000);
        assertThat(run.get("calls_used").asLong()).isEqualTo(1_234);
        assertThat(run.get("calls_granted").asLong()).isEqualTo(1_666);
        assertThat(Instant.parse(run.get("expected_end").asString()))
                .as("ten minutes for the first thousand, and at least thirty for the others")
                .isAfterOrEqualTo(Instant.parse(run.get("since").asString()).plusSeconds(40 * 60));
        assertThat(status.get("runs").get(0).get("outcome").asString()).isEqualTo("RUNNING");
    }

    /** Nobody has written down yet what it did. */
    @Test
    void a_run_that_was_killed_is_shown_with_what_it_has_done_by_status_and_report() {
        shell.sql(
                "UPDATE merge_run SET outcome = 'RUNNING', merged = 0, failed = 0, job_execution_id = NULL",
                "UPDATE batch_job_execution SET status = 'STARTED', end_time = NULL");

        JsonNode run = json("status", "--json").get("runs").get(0);
        assertThat(run.get("outcome").asString()).isEqualTo("KILLED");
        assertThat(run.get("merged").asLong()).isEqualTo(1);
        assertThat(run.get("failed").asLong()).isEqualTo(1);

        JsonNode report = json("report", "1", "--json");
        assertThat(report.get("outcome").asString()).isEqualTo("KILLED");
        assertThat(report.get("merged").asLong()).isEqualTo(1);
        assertThat(shell.select("SELECT COUNT(*) FROM merge_run_problem")).isEqualTo("1");
    }

    @Test
    void an_earlier_run_that_was_restarted_is_the_one_under_way() {
        shell.type("run");
        aRunIsUnderWay();
        shell.sql("UPDATE merge_run SET outcome = CASE id WHEN 1 THEN 'RUNNING' ELSE 'COMPLETED' END");

        assertThat(shell.type("status").out())
                .containsPattern("(?m)^ +1  RUNNING    ")
                .doesNotContain("KILLED");
    }

    @Test
    void the_parents_that_a_run_tells_are_counted_too() {
        aRunIsUnderWay();
        assertThat(shell.type("status").out()).doesNotContain("parents dealt with");
        shell.sql("UPDATE merge_run_lock SET step = 'notifyParents', parents_total = 1200, parents_done = 40");

        assertThat(shell.type("status").out())
                .contains("  40 of 1,200 parents dealt with.")
                .contains("(notifyParents)");
    }

    @Test
    void a_run_that_was_asked_to_stop_is_told_as_such() {
        aRunIsUnderWay();
        shell.sql("UPDATE merge_run_lock SET stop_requested = TRUE, requests_done = 0");

        assertThat(shell.type("status").out())
                .containsPattern("^A run is under way: pid 4711 on night-host, since .*, asked to stop\\.")
                .doesNotContain("expected end");
    }

    @Test
    void a_run_that_waits_is_told_with_for_how_many_and_until_when() {
        aRunIsUnderWay();
        assertThat(shell.type("status").out()).doesNotContain("waits for");
        shell.sql("UPDATE merge_run_lock SET step = 'settle', requests_in_doubt = 2,"
                + " waits_until = TIMESTAMP WITH TIME ZONE '2026-08-21 01:15:00+00'");

        assertThat(shell.type("status").out())
                .containsPattern("(?m)^  It waits for 2 in doubt \\(settle\\), until 2026-08-2[01] [0-9:]+ .+\\.$");

        JsonNode run = json("status", "--json").get("run");
        assertThat(run.get("requests_in_doubt").asLong()).isEqualTo(2);
        assertThat(run.get("waits_until").asString()).isEqualTo("2026-08-21T01:15:00Z");
    }

    @Test
    void a_run_that_intercom_keeps_waiting_is_told_with_until_when_and_without_an_invented_end() {
        aRunIsUnderWay();
        assertThat(shell.type("status").out()).contains("expected end");
        shell.sql("UPDATE merge_run_lock SET requests_in_doubt = 0,"
                + " waits_until = TIMESTAMP WITH TIME ZONE '2026-08-21 01:15:00+00'");

        assertThat(shell.type("status").out())
                .containsPattern(
                        "(?m)^  Intercom asks to wait until 2026-08-2[01] [0-9:]+ .+; no call leaves before\\.$")
                .doesNotContain("expected end", "in doubt");
    }

    @Test
    void a_run_that_was_killed_is_told_as_killed_and_one_that_ended_with_its_counts() {
        leftOpen();

        assertThat(shell.type("status").out())
                .startsWith("No run is under way.")
                .containsPattern("(?m)^ +1  KILLED     [0-9-]+ [0-9:]+ .* 1 merged, 0 rejected, 1 failed, 0 postponed");

        JsonNode status = json("status", "--json");
        assertThat(status.get("running").asBoolean()).isFalse();
        assertThat(status.get("run")).isNull();
        assertThat(status.get("requests").get("MERGED").asLong()).isEqualTo(1);
        assertThat(status.get("requests").get("FAILED").asLong()).isEqualTo(1);
        assertThat(status.get("requests").get("PENDING").asLong()).isZero();
        JsonNode run = status.get("runs").get(0);
        assertThat(run.get("id").asLong()).isEqualTo(1);
        assertThat(run.get("outcome").asString()).isEqualTo("KILLED");
        assertThat(run.get("merged").asLong()).isEqualTo(1);
        assertThat(run.get("failed").asLong()).isEqualTo(1);
        assertThat(Instant.parse(run.get("ended_at").asString()))
                .as("when it was last seen alive")
                .isAfter(Instant.parse(run.get("started_at").asString()));
    }

    @Test
    void the_last_ten_runs_are_told_newest_first() {
        shell.sql(
                "INSERT INTO merge_run (id, started_at, ended_at, outcome)"
                        + " SELECT x, DATEADD('DAY', x, started_at), started_at, 'COMPLETED' FROM merge_run, SYSTEM_RANGE(2, 11)");
        JsonNode runs = json("status", "--json").get("runs");
        assertThat(runs).hasSize(10);
        assertThat(runs.get(0).get("id").asLong()).isEqualTo(11);
        assertThat(runs.get(9).get("id").asLong()).isEqualTo(2);
        assertThat(runs.get(0).get("outcome").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void a_request_is_told_with_its_ledger() {
        assertThat(shell.type("status", "--request", "1").out())
                .startsWith("Request 1: conversation 101 into 100" + System.lineSeparator() + "  MERGED")
                .containsPattern("(?m)^  note   DONE        1 sent, the last at .*, settled at .*; HTTP 200; ref cmd")
                .containsPattern("(?m)^  tag    DONE ")
                .containsPattern("(?m)^  close  DONE ");
        assertThat(shell.type("status", "--request", "2").out())
                .startsWith("Request 2: conversation 102 into 100" + System.lineSeparator()
                        + "  FAILED: note not found: 404 not_found: ")
                .contains("  failed 1 time" + System.lineSeparator())
                .containsPattern("(?m)^  note   REFUSED     1 sent, .*; HTTP 404; not_found; .*Intercom request id ");
    }

    @Test
    void a_request_can_be_read_by_a_program_and_an_unknown_one_is_refused() {
        JsonNode request = json("status", "--request", "1", "--json");
        assertThat(request.get("id").asLong()).isEqualTo(1);
        assertThat(request.get("status").asString()).isEqualTo("MERGED");
        assertThat(request.get("duplicate_conversation_id").asString()).isEqualTo("101");
        assertThat(request.get("survivor_conversation_id").asString()).isEqualTo("100");
        assertThat(request.get("operations")).hasSize(3);
        JsonNode note = request.get("operations").get(0);
        assertThat(note.get("operation").asString()).isEqualTo("NOTE");
        assertThat(note.get("state").asString()).isEqualTo("DONE");
        assertThat(note.get("attempts").asInt()).isEqualTo(1);
        assertThat(intercom.workspace().conversation("101").noteBodies().get(0))
                .contains(note.get("reference").asString());

        assertThat(shell.type("status", "--request", "99"))
                .isEqualTo(new Said(2, "", "convmerge: there is no request 99" + System.lineSeparator()));
    }
}
