package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what happened, from the tables. */
public final class RunReports {
    private static final String BY_STATUS = "SELECT status, COUNT(*) AS requests FROM merge_request GROUP BY status";

    private static final String BY_STATUS_OF_RUN = """
            SELECT status, COUNT(*) AS requests FROM merge_request
             WHERE job_execution_id = :executionId GROUP BY status
            """;

    private static final String NEXT_ATTEMPT = """
            SELECT MIN(t.next_attempt_at) FROM merge_retry t JOIN merge_request r ON r.id = t.request_id
             WHERE r.status = 'RETRY'
            """;

    private static final String PROBLEMS = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.external_ref, r.status, r.status_detail,
                   t.next_attempt_at
              FROM merge_request r LEFT JOIN merge_retry t ON t.request_id = r.id
             WHERE r.job_execution_id = :executionId AND r.status IN ('REJECTED', 'FAILED', 'RETRY')
             ORDER BY r.status, r.id LIMIT :limit
            """;

    private static final String REQUEST = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id,
                   COALESCE(r.survivor_conversation_id, p.survivor_conversation_id) AS survivor_conversation_id,
                   r.external_ref, r.status, r.status_detail, t.attempts, t.next_attempt_at
              FROM merge_request r
              LEFT JOIN merge_plan p ON p.request_id = r.id
              LEFT JOIN merge_retry t ON t.request_id = r.id
             WHERE r.id = :id
            """;

    private final JdbcClient jdbc;

    RunReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an execution did, and what is left. */
    public RunSummary summary(long executionId) {
        Map<RequestStatus, Long> all = requestsByStatus();
        Map<RequestStatus, Long> ofRun = counts(jdbc.sql(BY_STATUS_OF_RUN).param("executionId", executionId));
        return new RunSummary(
                executionId,
                ofRun.getOrDefault(RequestStatus.MERGED, 0L),
                ofRun.getOrDefault(RequestStatus.REJECTED, 0L),
                ofRun.getOrDefault(RequestStatus.FAILED, 0L),
                ofRun.getOrDefault(RequestStatus.RETRY, 0L),
                all.getOrDefault(RequestStatus.PENDING, 0L),
                all.getOrDefault(RequestStatus.RETRY, 0L),
                nextAttempt().orElse(null),
                all.getOrDefault(RequestStatus.MERGED, 0L));
    }

    /** How many requests stand where. */
    public Map<RequestStatus, Long> requestsByStatus() {
        return counts(jdbc.sql(BY_STATUS));
    }

    /** The requests that an execution did not merge: given up, rejected and waiting; at most {@code limit}. */
    public List<Problem> problems(long executionId, int limit) {
        return jdbc.sql(PROBLEMS)
                .param("executionId", executionId)
                .param("limit", limit)
                .query((row, n) -> problem(row))
                .list();
    }

    /** One request; empty if there is none of that id. */
    public Optional<RequestReport> request(long id) {
        return jdbc.sql(REQUEST)
                .param("id", id)
                .query((row, n) -> new RequestReport(
                        row.getLong("id"),
                        row.getString("parent_conversation_id"),
                        row.getString("duplicate_conversation_id"),
                        row.getString("survivor_conversation_id"),
                        row.getString("external_ref"),
                        RequestStatus.valueOf(row.getString("status")),
                        row.getString("status_detail"),
                        row.getInt("attempts"),
                        instant(row, 9)))
                .optional();
    }

    /** When the first waiting request is due. */
    public Optional<Instant> nextAttempt() {
        return jdbc.sql(NEXT_ATTEMPT)
                .query((row, n) -> Optional.ofNullable(instant(row, 1)))
                .single();
    }

    private static Map<RequestStatus, Long> counts(JdbcClient.StatementSpec query) {
        Map<RequestStatus, Long> counts = new EnumMap<>(RequestStatus.class);
        query.query(row -> {
            counts.put(RequestStatus.valueOf(row.getString("status")), row.getLong("requests"));
        });
        return counts;
    }

    private static Problem problem(ResultSet row) throws SQLException {
        return new Problem(
                row.getLong("id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getString("external_ref"),
                RequestStatus.valueOf(row.getString("status")),
                row.getString("status_detail"),
                instant(row, 7));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
