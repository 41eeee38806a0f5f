package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the requests in the tables. */
public final class RunReports {
    private static final String BY_STATUS = "SELECT status, COUNT(*) AS requests FROM merge_request GROUP BY status";

    /** The executions of the run that has {@code :executionId}: the run may have been restarted. */
    static final String EXECUTIONS = """
            (SELECT CAST(:executionId AS BIGINT) UNION ALL
             SELECT x.job_execution_id FROM batch_job_execution e
               JOIN batch_job_execution x ON x.job_instance_id = e.job_instance_id
              WHERE e.job_execution_id = :executionId)
            """;

    private static final String BY_STATUS_OF_RUN =
            "SELECT status, COUNT(*) AS requests FROM merge_request WHERE job_execution_id IN " + EXECUTIONS
                    + " GROUP BY status";

    private static final String OF_UNDO = """
            SELECT COUNT(done_at) AS undone,
                   COALESCE(SUM(CASE WHEN done_at IS NULL AND code IS NOT NULL THEN 1 ELSE 0 END), 0) AS failed,
                   COALESCE(SUM(CASE WHEN done_at IS NULL AND code IS NULL THEN 1 ELSE 0 END), 0) AS open
              FROM merge_undo WHERE run_id = :run
            """;

    private static final String NEXT_ATTEMPT = """
            SELECT MIN(t.next_attempt_at) AS first_due FROM merge_retry t JOIN merge_request r ON r.id = t.request_id
             WHERE r.status = 'RETRY'
            """;

    private static final String GIVEN_UP = """
            SELECT COUNT(*) FROM merge_request r LEFT JOIN merge_retry t ON t.request_id = r.id
             WHERE r.status = 'FAILED' AND t.dropped_at IS NULL
            """;

    private static final String UNTOLD = """
            SELECT (SELECT COUNT(DISTINCT survivor_conversation_id) FROM merge_request
                     WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id IS NOT NULL)
                 + (SELECT COUNT(DISTINCT r.survivor_conversation_id)
                      FROM merge_undo u JOIN merge_request r ON r.id = u.request_id
                     WHERE u.parent_note_key IS NULL AND u.done_at IS NOT NULL)
                 + (SELECT COUNT(*) FROM merge_operation
                     WHERE operation IN ('PARENT_NOTE', 'UNDO_PARENT_NOTE')
                       AND state IN ('SENT', 'IN_DOUBT', 'NOT_SENT')) AS untold
            """;

    private static final String WOKEN =
            "SELECT conversation_id, snoozed_until, snoozed_again FROM merge_survivor WHERE woken_by_execution_id IN "
                    + EXECUTIONS + " ORDER BY conversation_id";

    private static final String IS_FINAL = """
             WHERE r.status = 'MERGED'
               AND EXISTS (SELECT 1 FROM merge_operation o
                            WHERE o.request_id = r.id AND o.operation = 'MERGE_NATIVE' AND o.state = 'DONE')
               AND r.job_execution_id IN
            """ + EXECUTIONS;

    private static final String COUNT_FINAL = "SELECT COUNT(*) FROM merge_request r" + IS_FINAL;

    private static final String FINAL =
            "SELECT r.id, r.duplicate_conversation_id, r.survivor_conversation_id FROM merge_request r" + IS_FINAL
                    + " ORDER BY r.id LIMIT :most";

    private final JdbcClient jdbc;

    RunReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the run that has this execution did, and what is left for later runs, as the tables are now. */
    public RunSummary summary(long executionId) {
        Map<RequestStatus, Long> all = requestsByStatus();
        Map<RequestStatus, Long> ofRun = counts(jdbc.sql(BY_STATUS_OF_RUN).param("executionId", executionId));
        return new RunSummary(
                ofRun.getOrDefault(RequestStatus.MERGED, 0L),
                ofRun.getOrDefault(RequestStatus.REJECTED, 0L),
                ofRun.getOrDefault(RequestStatus.FAILED, 0L),
                ofRun.getOrDefault(RequestStatus.RETRY, 0L),
                all.getOrDefault(RequestStatus.PENDING, 0L),
                all.getOrDefault(RequestStatus.RETRY, 0L),
                givenUp(),
                nextAttempt().orElse(null),
                all.getOrDefault(RequestStatus.MERGED, 0L));
    }

    /** The same of a run that takes merges back: of what it was asked for, how much it did, and how much failed or was not begun. */
    public RunSummary undoSummary(long run) {
        Map<RequestStatus, Long> all = requestsByStatus();
        return jdbc.sql(OF_UNDO)
                .param("run", run)
                .query((row, n) -> new RunSummary(
                        0,
                        0,
                        row.getLong("failed"),
                        0,
                        row.getLong("open"),
                        all.getOrDefault(RequestStatus.RETRY, 0L),
                        givenUp(),
                        nextAttempt().orElse(null),
                        all.getOrDefault(RequestStatus.MERGED, 0L),
                        row.getLong("undone")))
                .single();
    }

    /** How many requests were given up, and wait for an operator. */
    private long givenUp() {
        return jdbc.sql(GIVEN_UP).query(Long.class).single();
    }

    /** How many survivors were not told yet, or not for sure, of something that was merged into them or taken back. */
    public long untoldSurvivors() {
        return jdbc.sql(UNTOLD).query(Long.class).single();
    }

    /** The snoozed survivors that notes of the run that has this execution have woken. */
    List<WokenSurvivor> woken(long executionId) {
        return jdbc.sql(WOKEN)
                .param("executionId", executionId)
                .query((row, n) -> new WokenSurvivor(
                        row.getString("conversation_id"),
                        SqlTime.instant(row, "snoozed_until"),
                        row.getBoolean("snoozed_again")))
                .list();
    }

    /** How many merges of the run that has this execution cannot be taken back. */
    public long countFinalMerges(long executionId) {
        return jdbc.sql(COUNT_FINAL)
                .param("executionId", executionId)
                .query(Long.class)
                .single();
    }

    /** The merges of the run that has this execution that cannot be taken back, by request; at most {@code most}. */
    List<FinalMerge> finalMerges(long executionId, int most) {
        return jdbc.sql(FINAL)
                .param("executionId", executionId)
                .param("most", most)
                .query((row, n) -> new FinalMerge(
                        row.getLong("id"),
                        row.getString("duplicate_conversation_id"),
                        String.valueOf(row.getString("survivor_conversation_id"))))
                .list();
    }

    /** How many requests have each status; a status without requests is not in the map. */
    public Map<RequestStatus, Long> requestsByStatus() {
        return counts(jdbc.sql(BY_STATUS));
    }

    /** When the first of the waiting requests is due; empty if none waits. */
    Optional<Instant> nextAttempt() {
        return jdbc.sql(NEXT_ATTEMPT)
                .query((row, n) -> Optional.ofNullable(SqlTime.nullable(row, "first_due")))
                .single();
    }

    private static Map<RequestStatus, Long> counts(JdbcClient.StatementSpec query) {
        Map<RequestStatus, Long> counts = new EnumMap<>(RequestStatus.class);
        query.query(row -> {
            counts.put(RequestStatus.valueOf(row.getString("status")), row.getLong("requests"));
        });
        return counts;
    }
}
