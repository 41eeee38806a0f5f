package com.convmerge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.cli.CliRunner.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gave up stays given up until a person names it. */
class DroppedRequestsTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private CliRunner shell;

    /** Three requests that wait for their next try. */
    @BeforeEach
    void fill() {
        shell = CliRunner.in(directory).makeTables();
        shell.ask("100", "101", "102", "103");
        shell.sql(
                "UPDATE merge_request SET status = 'RETRY', status_detail = 'note not sent'",
                "INSERT INTO merge_retry (request_id, operation, failure_kind, http_status, code, message, attempts,"
                        + " first_failed_at, last_failed_at, next_attempt_at, job_execution_id) SELECT id, 'NOTE',"
                        + " 'NOT_SENT', 429, 'rate_limit_exceeded', 'Said so', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,"
                        + " TIMESTAMP WITH TIME ZONE '2099-01-01 03:00:00Z', 7 FROM merge_request");
    }

    private String where(long id) {
        return shell.select("SELECT status || ' ' || status_detail FROM merge_request WHERE id = " + id);
    }

    @Test
    void what_was_dropped_is_listed_as_such_with_the_reason_and_no_release_of_many_takes_it_back() {
        shell.type("retries", "drop", "1", "--reason", "kept open for the customer");

        assertThat(shell.type("retries", "list", "--dropped").out().lines())
                .hasSize(4)
                .anyMatch(line -> line.endsWith("NOT_SENT       1  dropped; 'retries release 1' takes it back"))
                .anyMatch(line -> line.matches(" {11}dropped by an operator at 2.*: kept open for the customer"));
        assertThat(shell.type("retries", "list", "--no-dropped").out())
                .contains("102", "103")
                .doesNotContain("kept open");
        assertThat(shell.type("retries", "release", "--code", "rate_limit_exceeded"))
                .isEqualTo(new Said(0, lines("Released 2 requests; the next run tries them.", LEFT_ALONE), ""));
        assertThat(shell.type("retries", "release", "--kind", "NOT_SENT"))
                .isEqualTo(new Said(0, lines("Released nothing.", LEFT_ALONE), ""));
        assertThat(shell.type("retries", "release", "--all"))
                .isEqualTo(new Said(0, lines("Released nothing.", LEFT_ALONE), ""));
        assertThat(shell.type("retries", "drop", "--all", "--reason", "old"))
                .isEqualTo(new Said(0, lines("Dropped nothing.", LEFT_ALONE), ""));
        assertThat(where(1)).isEqualTo("FAILED dropped by an operator: kept open for the customer");

        assertThat(shell.type("retries", "release", "1").out())
                .isEqualTo(lines("Released 1 request; the next run tries them."));
        assertThat(where(1))
                .isEqualTo("PENDING released by an operator; before that dropped by an operator:"
                        + " kept open for the customer");
        assertThat(shell.type("status", "--request", "1").out())
                .contains("  was dropped by an operator before it was released: kept open for the customer");
    }

    private static final String LEFT_ALONE =
            "Left alone: 1 request that an operator has dropped (1). To take one back, name it: convmerge retries release 1";

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
