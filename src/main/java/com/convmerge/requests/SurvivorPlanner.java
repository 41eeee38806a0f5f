package com.convmerge.requests;

import com.convmerge.merge.MergeEdge;
import com.convmerge.merge.Survivors;
import com.convmerge.merge.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requests at once: reads them, has the survivors found, and writes down what becomes of each. */
public final class SurvivorPlanner {
    /**
     * The open requests up to the last of the run, and what was merged or begun whenever. What waits in the retry table takes
     * part: it may be merged yet, and must not close a cycle then.
     */
    private static final String ALL_PAIRS = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, r.status,
                   COALESCE(CHAR_LENGTH(r.reason), 0) AS reason_length,
                   COALESCE(CHAR_LENGTH(r.requested_by), 0) AS requested_by_length,
                   r.same_as_request_id, p.survivor_conversation_id AS planned_survivor,
                   COALESCE(r.survivor_conversation_id, r.parent_conversation_id) AS begun_survivor,
                   o.request_id AS begun
              FROM merge_request r
              LEFT JOIN merge_plan p ON p.request_id = r.id
              LEFT JOIN merge_operation o
                ON o.request_id = r.id AND o.operation = 'NOTE' AND o.state IN ('SENT', 'IN_DOUBT', 'DONE')
             WHERE r.id <= :upToId
               AND (r.status IN ('PENDING', 'RETRY')
                    OR r.status = 'MERGED' AND r.same_as_request_id IS NULL
                    OR r.status = 'FAILED' AND o.request_id IS NOT NULL)
             ORDER BY r.id
            """;

    private final Scan scan;
    private final PlanWriter writer;

    SurvivorPlanner(Scan scan, PlanWriter writer) {
        this.scan = scan;
        this.writer = writer;
    }

    /**
     * Decides every open request with an id up to {@code upToId}: it gets its survivor, or is REJECTED with a reason, or waits
     * for another request of the same pair. Doing it again changes nothing.
     */
    public void resolveSurvivors(long upToId, long executionId) {
        KnownPlan known = new KnownPlan();
        writer.write(decide(upToId, known), known, executionId);
    }

    /** What {@link #resolveSurvivors} would write down; writes nothing. */
    public List<Verdict> decide(long upToId) {
        return decide(upToId, new KnownPlan());
    }

    private List<Verdict> decide(long upToId, KnownPlan known) {
        List<Verdict> verdicts = new ArrayList<>();
        List<MergeEdge> pairs = new ArrayList<>();
        scan.each(ALL_PAIRS, Map.of("upToId", upToId), row -> {
            RequestRow request = requestRow(row);
            learn(row, request.id(), known);
            Optional<String> fault = request.fault();
            if (fault.isPresent()) {
                verdicts.add(new Verdict.Reject(request.id(), fault.get()));
                return;
            }
            MergeEdge pair = request.pair();
            pairs.add(pair);
            if (pair.standing() == MergeEdge.Standing.BEGUN && !known.isPlanned(pair.requestId())) {
                // Somebody made it PENDING by hand after it was merged: it must not wait for ever.
                long survivor = Long.parseLong(row.getString("begun_survivor"));
                verdicts.add(new Verdict.Merge(pair.requestId(), pair.duplicate(), survivor));
            }
        });
        Survivors.resolve(pairs, verdicts::add);
        return verdicts;
    }

    private static void learn(ResultSet row, long requestId, KnownPlan known) throws SQLException {
        String survivor = row.getString("planned_survivor");
        if (survivor != null) {
            known.planned(requestId, Long.parseLong(survivor));
        }
        if (row.getObject("same_as_request_id") != null) {
            known.waits(requestId);
        }
    }

    private static RequestRow requestRow(ResultSet row) throws SQLException {
        return new RequestRow(
                row.getLong("id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getInt("reason_length"),
                row.getInt("requested_by_length"),
                standing(row.getString("status"), row.getObject("begun") != null));
    }

    private static MergeEdge.Standing standing(String status, boolean begun) {
        return switch (status) {
            case "MERGED" -> MergeEdge.Standing.MERGED;
            case "FAILED" -> MergeEdge.Standing.GIVEN_UP;
            default -> begun ? MergeEdge.Standing.BEGUN : MergeEdge.Standing.OPEN;
        };
    }
}
