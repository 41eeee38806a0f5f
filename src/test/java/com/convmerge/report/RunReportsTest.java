package com.convmerge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.RequestStatus;
import com.convmerge.retries.RetryEntry;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.RequestTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The counts of a run and of the whole table, and the queries for requests. */
@OnEachDatabase
class RunReportsTest {
    private static final long LAST_NIGHT = 6;
    private static final long TONIGHT = 7;
    private static final Instant SOON = Instant.parse("2026-11-24T01:46:05Z");
    private static final Instant LATER = Instant.parse("2026-11-24T02:30:00Z");

    private final Database database;
    private final RequestTable table;
    private final RunReports reports;
    private final RequestReports requests;

    RunReportsTest(Database database) {
        this.database = database;
        this.table = new RequestTable(database);
        this.reports = new RunReports(database.jdbc());
        this.requests = new RequestReports(database.jdbc());
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
    }

    @Test
    void an_empty_table_is_nothing_done_and_nothing_left() {
        assertThat(reports.summary(TONIGHT)).isEqualTo(new RunSummary(0, 0, 0, 0, 0, 0, 0, null, 0));
        assertThat(reports.requestsByStatus()).isEmpty();
        assertThat(reports.nextAttempt()).isEmpty();
    }

    @Test
    void what_nobody_has_dropped_is_left_for_an_operator_however_long_ago_it_was_given_up() {
        long given = request("FAILED", LAST_NIGHT);
        assertThat(reports.summary(TONIGHT).givenUp()).isEqualTo(1);
        assertThat(reports.summary(TONIGHT).isAllMerged()).isFalse();

        database.jdbc()
                .sql(
                        "INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at, last_failed_at,"
                                + " job_execution_id, dropped_at) SELECT id, 'NOTE', 'REFUSED', 1, requested_at, requested_at, 1,"
                                + " requested_at FROM merge_request WHERE id = " + given)
                .update();
        assertThat(reports.summary(TONIGHT).isAllMerged()).isTrue();
    }

    @Test
    void a_run_is_credited_with_its_own_and_told_what_is_left_of_all() {
        request("MERGED", LAST_NIGHT);
        request("REJECTED", LAST_NIGHT);
        waiting(LAST_NIGHT, SOON);
        request("MERGED", TONIGHT);
        request("MERGED", TONIGHT);
        request("REJECTED", TONIGHT);
        request("FAILED", TONIGHT);
        waiting(TONIGHT, LATER);
        request("PENDING", null);
        assertThat(reports.summary(TONIGHT)).isEqualTo(new RunSummary(2, 1, 1, 1, 1, 2, 1, SOON, 3));
        assertThat(reports.requestsByStatus())
                .isEqualTo(Map.of(
                        RequestStatus.MERGED, 3L,
                        RequestStatus.REJECTED, 2L,
                        RequestStatus.RETRY, 2L,
                        RequestStatus.FAILED, 1L,
                        RequestStatus.PENDING, 1L));
    }

    @Test
    void the_next_try_is_the_first_of_those_that_still_wait() {
        waiting(TONIGHT, LATER);
        table.set(waiting(TONIGHT, SOON), "status", "PENDING");
        assertThat(reports.nextAttempt()).contains(LATER);
    }

    @Test
    void one_request_is_told_with_its_tries() {
        long id = waiting(TONIGHT, SOON);
        table.set(id, "survivor_conversation_id", "30");
        table.set(id, "status_detail", "tag not sent");
        assertThat(requests.find(id))
                .contains(new RequestReport(
                        id,
                        "10",
                        "20",
                        "30",
                        null,
                        RequestStatus.RETRY,
                        "tag not sent",
                        new RetryEntry(
                                OperationKind.NOTE,
                                new Failure(FailureKind.NOT_SENT, null, "", "", null),
                                2,
                                SOON,
                                SOON,
                                SOON,
                                TONIGHT)));
        assertThat(requests.find(request("PENDING", null)).orElseThrow().retry())
                .as("its row in the retry table")
                .isNull();
        assertThat(requests.find(-1)).isEmpty();
    }

    private long request(String status, @Nullable Long executionId) {
        long id = table.add("10", "20");
        table.set(id, "status", status);
        table.set(id, "job_execution_id", executionId);
        return id;
    }

    private long waiting(long executionId, Instant next) {
        long id = request("RETRY", executionId);
        database.jdbc()
                .sql("INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at,"
                        + " last_failed_at, next_attempt_at, job_execution_id)"
                        + " VALUES (:id, 'NOTE', 'NOT_SENT', 2, :at, :at, :next, :executionId)")
                .param("id", id)
                .param("at", SOON.atOffset(ZoneOffset.UTC))
                .param("next", next.atOffset(ZoneOffset.UTC))
                .param("executionId", executionId)
                .update();
        return id;
    }
}
