package com.convmerge.intake;

import com.convmerge.merge.Verdict;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what becomes of each request, a thousand in one commit. */
final class VerdictWriter {
    private static final int COMMITTED_AT_ONCE = 1_000;

    private static final String MERGE = """
            UPDATE merge_request
               SET survivor_conversation_id = ?, survivor_checked_at = NULL, partition_key = ?, same_as_request_id = NULL,
                   status_detail = NULL, updated_at = ?
             WHERE id = ? AND status IN ('PENDING', 'RETRY')
               AND (survivor_conversation_id IS NULL OR survivor_conversation_id <> ? OR partition_key IS NULL)
            """;

    private static final String SAME_AS = """
            UPDATE merge_request
               SET same_as_request_id = ?, survivor_conversation_id = NULL, partition_key = NULL, status_detail = ?,
                   updated_at = ?
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

    VerdictWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    void write(List<Verdict> verdicts, long executionId) {
        for (int from = 0; from < verdicts.size(); from += COMMITTED_AT_ONCE) {
            List<Verdict> some = verdicts.subList(from, Math.min(from + COMMITTED_AT_ONCE, verdicts.size()));
            transaction.executeWithoutResult(status -> writeSome(some, executionId));
        }
    }

    private void writeSome(List<Verdict> verdicts, long executionId) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        List<Object[]> merges = new ArrayList<>();
        List<Object[]> sames = new ArrayList<>();
        List<Object[]> samesMerged = new ArrayList<>();
        List<Object[]> rejects = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Merge merge) {
                String survivor = Long.toString(merge.survivor());
                int key = PartitionKeys.of(merge.duplicate());
                merges.add(new Object[] {survivor, key, now, merge.requestId(), survivor});
            } else if (verdict instanceof Verdict.SameAs same) {
                String detail = "the same pair as request " + same.firstRequestId() + ", whose outcome it shares";
                sames.add(new Object[] {same.firstRequestId(), detail, now, same.requestId(), same.firstRequestId()});
                samesMerged.add(new Object[] {executionId, now, same.requestId(), same.firstRequestId()});
            } else if (verdict instanceof Verdict.Reject reject) {
                rejects.add(new Object[] {reject.reason(), executionId, now, reject.requestId()});
            }
        }
        update(MERGE, merges);
        update(SAME_AS, sames);
        update(SAME_AS_MERGED, samesMerged);
        update(REJECT, rejects);
    }

    private void update(String sql, List<Object[]> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql, rows);
        }
    }
}
