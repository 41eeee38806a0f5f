package com.convmerge.report;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import com.convmerge.retries.RetryEntry;
import com.convmerge.retries.RetryFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads requests together with their rows in the retry table. */
public final class RequestReports {
    private static final String REQUESTS = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id,
                   COALESCE(r.survivor_conversation_id, p.survivor_conversation_id) AS survivor_conversation_id,
                   r.external_ref, r.status, r.status_detail, t.operation, t.failure_kind, t.http_status, t.code, t.message,
                   t.intercom_request_id, t.attempts, t.first_failed_at, t.last_failed_at, t.next_attempt_at,
                   t.job_execution_id AS retry_execution_id
              FROM merge_request r
              LEFT JOIN merge_plan p ON p.request_id = r.id
            """;

    private static final String BY_ID = REQUESTS + " LEFT JOIN merge_retry t ON t.request_id = r.id WHERE r.id = :id";

    private static final String NOT_MERGED = REQUESTS + """
             LEFT JOIN merge_retry t ON t.request_id = r.id
             WHERE r.job_execution_id = :executionId AND r.status IN ('REJECTED', 'FAILED', 'RETRY')
             ORDER BY r.status, r.id LIMIT :limit
            """;

    private static final String IN_RETRY_TABLE = REQUESTS + """
              JOIN merge_retry t ON t.request_id = r.id
             WHERE r.status IN ('PENDING', 'RETRY', 'FAILED')
               AND (:anyId = TRUE OR t.request_id IN (:ids)) AND (:anyKind = TRUE OR t.failure_kind = :kind)
               AND (:anyCode = TRUE OR t.code = :code)
             ORDER BY CASE WHEN t.next_attempt_at IS NULL THEN 1 ELSE 0 END, t.next_attempt_at, t.request_id
             LIMIT :limit
            """;

    private final JdbcClient jdbc;

    RequestReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One request; empty if there is none with that id. */
    public Optional<RequestReport> find(long id) {
        return jdbc.sql(BY_ID).param("id", id).query(RequestReports::report).optional();
    }

    /** The requests that an execution did not merge: given up, rejected and waiting; at most {@code limit}. */
    public List<RequestReport> notMerged(long executionId, int limit) {
        return jdbc.sql(NOT_MERGED)
                .param("executionId", executionId)
                .param("limit", limit)
                .query(RequestReports::report)
                .list();
    }

    /** The requests in the retry table that wait, were released or were given up, ordered by their next try; at most {@code limit}. */
    public List<RequestReport> inRetryTable(RetryFilter filter, int limit) {
        return jdbc.sql(IN_RETRY_TABLE)
                .params(filter.parameters())
                .param("limit", limit)
                .query(RequestReports::report)
                .list();
    }

    private static RequestReport report(ResultSet row, int number) throws SQLException {
        return new RequestReport(
                row.getLong("id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getString("survivor_conversation_id"),
                row.getString("external_ref"),
                RequestStatus.valueOf(row.getString("status")),
                row.getString("status_detail"),
                row.getString("operation") == null ? null : retry(row));
    }

    private static RetryEntry retry(ResultSet row) throws SQLException {
        Failure failure = new Failure(
                FailureKind.valueOf(row.getString("failure_kind")),
                row.getObject("http_status", Integer.class),
                Objects.requireNonNullElse(row.getString("code"), ""),
                Objects.requireNonNullElse(row.getString("message"), ""),
                row.getString("intercom_request_id"));
        return new RetryEntry(
                OperationKind.ofColumn(row.getString("operation")),
                failure,
                row.getInt("attempts"),
                SqlTime.instant(row, "first_failed_at"),
                SqlTime.instant(row, "last_failed_at"),
                SqlTime.nullable(row, "next_attempt_at"),
                row.getLong("retry_execution_id"));
    }
}
