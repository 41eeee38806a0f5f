package com.convmerge.requests;

import com.convmerge.merge.Verdict;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what becomes of each request, a thousand in one commit. Only what changes is written. */
final class PlanWriter {
    private static final int COMMITTED_AT_ONCE = 1_000;

    private static final String PLAN =
            "INSERT INTO merge_plan (survivor_conversation_id, partition_key, request_id) VALUES (?, ?, ?)";

    private static final String PLAN_ANEW =
            "UPDATE merge_plan SET survivor_conversation_id = ?, partition_key = ? WHERE request_id = ?";

    private static final String NOT_THE_SAME_ANY_MORE = """
            UPDATE merge_request
               SET same_as_request_id = NULL, status_detail = NULL, updated_at = ?
             WHERE id = ? AND status IN ('PENDING', 'RETRY')
            """;

    private static final String SAME_AS = """
            UPDATE merge_request
               SET same_as_request_id = ?, status_detail = ?, updated_at = ?
             WHERE id = ? AND status IN ('PENDING', 'RETRY')
               AND (same_as_request_id IS NULL OR same_as_request_id <> ?)
            """;

    private static final String SAME_AS_MERGED = """
            UPDATE merge_request
               SET status = 'MERGED', job_execution_id = ?, updated_at = ?
             WHERE id = ? AND status IN ('PENDING', 'RETRY')
               AND EXISTS (SELECT 1 FROM merge_request f WHERE f.id = ? AND f.status = 'MERGED')
            """;

    private static final String REJECT = """
            UPDATE merge_request
               SET status = 'REJECTED', status_detail = ?, job_execution_id = ?, updated_at = ?
             WHERE id = ? AND status IN ('PENDING', 'RETRY')
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PlanWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** @param known what stood in the tables when the verdicts were found */
    void write(List<Verdict> verdicts, KnownPlan known, long executionId) {
        List<Verdict> changed =
                verdicts.stream().filter(verdict -> !known.says(verdict)).toList();
        for (int from = 0; from < changed.size(); from += COMMITTED_AT_ONCE) {
            List<Verdict> some = changed.subList(from, Math.min(from + COMMITTED_AT_ONCE, changed.size()));
            transaction.executeWithoutResult(status -> writeSome(some, known, executionId));
        }
    }

    private void writeSome(List<Verdict> verdicts, KnownPlan known, long executionId) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Rows planned = new Rows(PLAN);
        Rows plannedAnew = new Rows(PLAN_ANEW);
        Rows notTheSame = new Rows(NOT_THE_SAME_ANY_MORE);
        Rows unplanned = new Rows(Requests.LEAVE_PLAN);
        Rows sames = new Rows(SAME_AS);
        Rows samesMerged = new Rows(SAME_AS_MERGED);
        Rows rejects = new Rows(REJECT);
        for (Verdict verdict : verdicts) {
            long id = verdict.requestId();
            if (verdict instanceof Verdict.Merge merge) {
                (known.isPlanned(id) ? plannedAnew : planned)
                        .add(Long.toString(merge.survivor()), PartitionKeys.of(merge.duplicate()), id);
                if (known.waitsForAnother(id)) {
                    notTheSame.add(now, id);
                }
                continue;
            }
            if (known.isPlanned(id)) {
                unplanned.add(id);
            }
            if (verdict instanceof Verdict.SameAs same) {
                String detail = "the same pair as request " + same.firstRequestId() + ", whose outcome it shares";
                sames.add(same.firstRequestId(), detail, now, id, same.firstRequestId());
                samesMerged.add(executionId, now, id, same.firstRequestId());
            } else if (verdict instanceof Verdict.Reject reject) {
                rejects.add(reject.reason(), executionId, now, id);
            }
        }
        List.of(planned, plannedAnew, notTheSame, unplanned, sames, samesMerged, rejects)
                .forEach(Rows::write);
    }

    /** What one statement is to be run with. */
    private final class Rows {
        private final String sql;
        private final List<Object[]> rows = new ArrayList<>();

        Rows(String sql) {
            this.sql = sql;
        }

        void add(Object... parameters) {
            rows.add(parameters);
        }

        void write() {
            if (!rows.isEmpty()) {
                jdbc.batchUpdate(sql, rows);
            }
        }
    }
}
