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
                   t.dropped_at, t.drop_reason, t.job_execution_id AS retry_execution_id
              FROM merge_request r
              LEFT JOIN merge_plan p ON p.request_id = r.id
            """;

    private static final String WITH_RETRY = REQUESTS + " LEFT JOIN merge_retry t ON t.request_id = r.id ";

    private static final String BY_ID = WITH_RETRY + "WHERE r.id = :id";

    private static final String BY_IDS = WITH_RETRY + "WHERE r.id IN (:ids) ORDER BY r.id DESC";

    private static final String BY_REF = WITH_RETRY + "WHERE r.external_ref = :ref";

    private static final String MERGED = WITH_RETRY + """
             WHERE r.job_execution_id = :executionId AND r.status = 'MERGED' ORDER BY r.id LIMIT :limit
            """;

    private static final String RETRY_FILTER = """
             WHERE r.status IN ('PENDING', 'RETRY', 'FAILED')
               AND (:anyId = TRUE OR t.request_id IN (:ids)) AND (:anyKind = TRUE OR t.failure_kind = :kind)
               AND (:anyCode = TRUE OR t.code = :code)
               AND (:dropped = TRUE OR t.dropped_at IS NULL) AND (:others = TRUE OR t.dropped_at IS NOT NULL)
            """;

    private static final String IN_RETRY_TABLE =
            REQUESTS + " JOIN merge_retry t ON t.request_id = r.id " + RETRY_FILTER + """
             ORDER BY CASE WHEN t.next_attempt_at IS NOT NULL THEN 0 WHEN t.dropped_at IS NULL THEN 1 ELSE 2 END,
                      t.next_attempt_at, t.request_id
             LIMIT :limit
            """;

    private static final String COUNT_IN_RETRY_TABLE =
            "SELECT COUNT(*) FROM merge_request r JOIN merge_retry t ON t.request_id = r.id " + RETRY_FILTER;

    private final JdbcClient jdbc;

    RequestReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One request; empty if there is none with that id. */
    public Optional<RequestReport> find(long id) {
        return jdbc.sql(BY_ID).param("id", id).query(RequestReports::report).optional();
    }

    /** The request that was asked for with this external_ref; empty if there is none. */
    public Optional<RequestReport> withRef(String externalRef) {
        return jdbc.sql(BY_REF)
                .param("ref", externalRef)
                .query(RequestReports::report)
                .optional();
    }

    /** These requests, newest first. */
    List<RequestReport> of(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(BY_IDS)
                        .param("ids", ids)
                        .query(RequestReports::report)
                        .list();
    }

    /** The requests that an execution merged, by id; at most {@code limit}. */
    List<RequestReport> merged(long executionId, int limit) {
        return jdbc.sql(MERGED)
                .param("executionId", executionId)
                .param("limit", limit)
                .query(RequestReports::report)
                .list();
    }

    /**
     * The requests in the retry table that wait, were released or were given up, ordered by their next try, and at last those that
     * an operator has dropped; at most {@code limit}.
     */
    public List<RequestReport> inRetryTable(RetryFilter filter, int limit) {
        return jdbc.sql(IN_RETRY_TABLE)
                .params(filter.parameters())
                .param("limit", limit)
                .query(RequestReports::report)
                .list();
    }

    /** How many requests {@link #inRetryTable} returns without a limit. */
    public long countInRetryTable(RetryFilter filter) {
        return jdbc.sql(COUNT_IN_RETRY_TABLE)
                .params(filter.parameters())
                .query(Long.class)
                .single();
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
                row.getLong("retry_execution_id"),
                SqlTime.nullable(row, "dropped_at"),
                row.getString("drop_reason"));
    }
}
