package com.convmerge.requests;

import static com.convmerge.merge.RequestStatus.MERGED;
import static com.convmerge.merge.RequestStatus.PENDING;
import static com.convmerge.merge.RequestStatus.RETRY;

import com.convmerge.merge.SqlTime;
import com.convmerge.merge.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what becomes of each request, a thousand of them in one commit. It writes only what changes. */
final class PlanWriter {
    private static final int COMMITTED_AT_ONCE = 1_000;

    // One statement for all, because a database plans and parses each one.
    private static final String PLAN = """
            INSERT INTO merge_plan (survivor_conversation_id, partition_key, parent_conversation_id,
                                    duplicate_conversation_id, request_id)
            SELECT v.survivor, v.partition_key, v.parent, v.duplicate, v.id
              FROM UNNEST(CAST(? AS VARCHAR(30) ARRAY), CAST(? AS SMALLINT ARRAY), CAST(? AS VARCHAR(255) ARRAY),
                          CAST(? AS VARCHAR(255) ARRAY), CAST(? AS BIGINT ARRAY))
                   v(survivor, partition_key, parent, duplicate, id)
            """;

    private static final String PLAN_WHAT_IS_THERE =
            PLAN + " WHERE EXISTS (SELECT 1 FROM merge_request r WHERE r.id = v.id)";

    private static final String PLAN_AGAIN = """
            UPDATE merge_plan
               SET survivor_conversation_id = ?, partition_key = ?, parent_conversation_id = ?,
                   duplicate_conversation_id = ?
             WHERE request_id = ?
            """;

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

    private static final Transition MERGE_WITH_THE_SAME =
            new Transition(Set.of(PENDING, RETRY), MERGED, "job_execution_id = ?,", """
                    AND EXISTS (SELECT 1 FROM merge_request f
                                 WHERE f.id = merge_request.same_as_request_id AND f.status = 'MERGED')
                    """);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PlanWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** @param known what the tables held when the verdicts were found */
    void write(List<Verdict> verdicts, KnownPlan known, long executionId) {
        List<Verdict> changed =
                verdicts.stream().filter(verdict -> !known.holds(verdict)).toList();
        for (int from = 0; from < changed.size(); from += COMMITTED_AT_ONCE) {
            List<Verdict> some = changed.subList(from, Math.min(from + COMMITTED_AT_ONCE, changed.size()));
            try {
                transaction.executeWithoutResult(status -> writeSome(some, PLAN, known, executionId));
            } catch (DataIntegrityViolationException e) {
                // A row may have been deleted since it was read.
                transaction.executeWithoutResult(status -> writeSome(some, PLAN_WHAT_IS_THERE, known, executionId));
            }
        }
        transaction.executeWithoutResult(status -> Requests.leavePlan(jdbc, known.obsolete()));
    }

    private void writeSome(List<Verdict> verdicts, String plan, KnownPlan known, long executionId) {
        Map<Long, String> rejected = new HashMap<>();
        List<Verdict.SameAs> sames = new ArrayList<>();
        List<Verdict.Merge> merges = new ArrayList<>();
        List<Long> unplanned = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Merge merge) {
                merges.add(merge);
                continue;
            }
            if (known.isPlanned(verdict.requestId())) {
                unplanned.add(verdict.requestId());
            }
            if (verdict instanceof Verdict.Reject reject) {
                rejected.put(reject.requestId(), reject.reason());
            } else if (verdict instanceof Verdict.SameAs same) {
                sames.add(same);
            }
        }
        Instant now = clock.instant();
        merges(merges, plan, known, SqlTime.utc(now));
        Requests.leavePlan(jdbc, unplanned);
        sames(sames, now, executionId);
        Requests.REJECT.apply(jdbc, List.copyOf(rejected.keySet()), now, id ->
                new Object[] {Objects.requireNonNull(rejected.get(id)), executionId});
    }

    private void merges(List<Verdict.Merge> merges, String plan, KnownPlan known, OffsetDateTime now) {
        List<Object[]> planned = new ArrayList<>();
        List<Object[]> plannedAgain = new ArrayList<>();
        List<Object[]> notTheSame = new ArrayList<>();
        for (Verdict.Merge merge : merges) {
            long id = merge.requestId();
            Object[] row = {
                Long.toString(merge.survivor()),
                PartitionKeys.of(merge.duplicate()),
                Long.toString(merge.parent()),
                Long.toString(merge.duplicate()),
                id
            };
            (known.isPlanned(id) ? plannedAgain : planned).add(row);
            if (known.waitsForAnother(id)) {
                notTheSame.add(new Object[] {now, id});
            }
        }
        plan(plan, planned);
        jdbc.batchUpdate(PLAN_AGAIN, plannedAgain);
        jdbc.batchUpdate(NOT_THE_SAME_ANY_MORE, notTheSame);
    }

    private void plan(String plan, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.update(plan, statement -> {
            String[] types = {"varchar", "smallint", "varchar", "varchar", "bigint"};
            for (int i = 0; i < types.length; i++) {
                int column = i;
                Object[] values = rows.stream().map(row -> row[column]).toArray();
                statement.setArray(i + 1, statement.getConnection().createArrayOf(types[i], values));
            }
        });
    }

    private void sames(List<Verdict.SameAs> sames, Instant now, long executionId) {
        jdbc.batchUpdate(
                SAME_AS,
                sames.stream()
                        .map(same -> new Object[] {
                            same.firstRequestId(),
                            "the same pair as request " + same.firstRequestId() + ", whose outcome it shares",
                            SqlTime.utc(now),
                            same.requestId(),
                            same.firstRequestId()
                        })
                        .toList());
        MERGE_WITH_THE_SAME.apply(
                jdbc, sames.stream().map(Verdict.SameAs::requestId).toList(), now, executionId);
    }
}
