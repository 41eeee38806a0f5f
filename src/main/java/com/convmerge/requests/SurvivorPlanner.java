package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeEdge;
import com.convmerge.merge.Survivors;
import com.convmerge.merge.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Decides about all open requests at once: reads them, finds the survivors, and writes down what becomes of each request. */
public final class SurvivorPlanner {
    /**
     * The requests up to the last of the run that are not merged. A request in the retry table takes part, because it may still be
     * merged and must not close a cycle then.
     */
    private static final String NOT_MERGED = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status,
                   COALESCE(CHAR_LENGTH(r.reason), 0) AS reason_length,
                   COALESCE(CHAR_LENGTH(r.requested_by), 0) AS requested_by_length, r.strategy,
                   r.same_as_request_id, p.survivor_conversation_id AS planned_survivor,
                   CASE WHEN r.parent_conversation_id = p.parent_conversation_id
                         AND r.duplicate_conversation_id = p.duplicate_conversation_id THEN TRUE ELSE FALSE END
                       AS is_as_planned,
                   COALESCE(p.survivor_conversation_id, r.survivor_conversation_id, r.parent_conversation_id) AS survivor
              FROM merge_request r
              LEFT JOIN merge_plan p ON p.request_id = r.id
             WHERE r.id <= :upToId AND r.status IN ('PENDING', 'RETRY', 'FAILED')
             ORDER BY r.id
            """;

    private final StreamingQuery query;
    private final MergedPairs merged;
    private final PlanWriter writer;

    SurvivorPlanner(StreamingQuery query, MergedPairs merged, PlanWriter writer) {
        this.query = query;
        this.merged = merged;
        this.writer = writer;
    }

    /**
     * Decides every open request with an id up to {@code upToId}: it gets its survivor, or is REJECTED with a reason, or waits
     * for another request of the same pair. Doing it again changes nothing.
     *
     * @param begun tells of a request whether its note is, or may be, on its duplicate
     * @return how many it has rejected
     */
    public long resolveSurvivors(long upToId, LongPredicate begun, long executionId) {
        KnownPlan known = new KnownPlan();
        List<Verdict> verdicts = decide(upToId, begun, known);
        writer.write(verdicts, known, executionId);
        return verdicts.stream().filter(Verdict.Reject.class::isInstance).count();
    }

    /** What {@link #resolveSurvivors} would write down; writes nothing. */
    public List<Verdict> decide(long upToId, LongPredicate begun) {
        return decide(upToId, begun, new KnownPlan());
    }

    private List<Verdict> decide(long upToId, LongPredicate begun, KnownPlan known) {
        List<Verdict> verdicts = new ArrayList<>();
        List<MergeEdge> edges = new ArrayList<>();
        query.each(NOT_MERGED, Map.of("upToId", upToId), row -> {
            long id = row.getLong("id");
            known.learn(
                    id,
                    row.getString("planned_survivor"),
                    row.getBoolean("is_as_planned"),
                    row.getObject("same_as_request_id") != null);
            MergeEdge.Standing standing = standing(row.getString("status"), begun.test(id));
            if (standing == MergeEdge.Standing.GIVEN_UP && !begun.test(id)) {
                known.forget(id);
                return;
            }
            Optional<String> error = error(row);
            if (error.isPresent()) {
                verdicts.add(new Verdict.Reject(id, error.get()));
                return;
            }
            MergeEdge edge = new MergeEdge(
                    id,
                    Long.parseLong(row.getString("parent_conversation_id")),
                    Long.parseLong(row.getString("duplicate_conversation_id")),
                    standing);
            edges.add(edge);
            if (standing == MergeEdge.Standing.BEGUN) {
                // It keeps its survivor, also if somebody made it PENDING by hand after it was merged.
                verdicts.add(new Verdict.Merge(id, edge.parent(), edge.duplicate(), survivor(row)));
            }
        });
        if (!edges.isEmpty()) {
            edges.addAll(merged.around(edges, upToId));
            edges.sort(Comparator.comparingLong(MergeEdge::requestId));
        }
        Survivors.resolve(edges, verdicts::add);
        return verdicts;
    }

    /** Where a request that is begun goes; its parent, if somebody has changed the survivor to something that is no id. */
    private static long survivor(ResultSet row) throws SQLException {
        String survivor = row.getString("survivor");
        return Long.parseLong(
                ConversationId.fault(survivor).isPresent() ? row.getString("parent_conversation_id") : survivor);
    }

    private static Optional<String> error(ResultSet row) throws SQLException {
        return RequestLimits.error(
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getInt("reason_length"),
                row.getInt("requested_by_length"),
                row.getString("strategy"));
    }

    private static MergeEdge.Standing standing(String status, boolean isBegun) {
        return switch (status) {
            case "FAILED" -> MergeEdge.Standing.GIVEN_UP;
            default -> isBegun ? MergeEdge.Standing.BEGUN : MergeEdge.Standing.OPEN;
        };
    }
}
