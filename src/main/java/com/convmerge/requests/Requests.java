package com.convmerge.requests;

import static com.convmerge.merge.RequestStatus.FAILED;
import static com.convmerge.merge.RequestStatus.MERGED;
import static com.convmerge.merge.RequestStatus.PENDING;
import static com.convmerge.merge.RequestStatus.REJECTED;
import static com.convmerge.merge.RequestStatus.RETRY;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.NewRequest;
import com.convmerge.merge.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The requests: which of them a run applies, and every change of their status. {@link com.convmerge.merge.RequestStatus} says
 * which changes there are; each returns the requests that it found where it expected them.
 */
public final class Requests {
    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    /** Takes a request out of the plan, so that no run touches it until it is planned again. */
    private static final String LEAVE_PLAN = "DELETE FROM merge_plan WHERE request_id = ?";

    private static final String LAST_ID = "SELECT COALESCE(MAX(id), 0) FROM merge_request";

    // In the order of the index, or H2 reads the whole table for each page.
    static final String PENDING_PAGE = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, p.survivor_conversation_id, r.reason,
                   r.requested_by, r.external_ref
              FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE p.partition_key = :partitionKey AND p.request_id > :afterId AND p.request_id <= :upToId
               AND r.status = 'PENDING'
               AND EXISTS (SELECT 1 FROM merge_survivor s
                            WHERE s.conversation_id = p.survivor_conversation_id AND s.found_at >= :checkedSince)
             ORDER BY p.partition_key, p.request_id LIMIT :limit
            """;

    private static final String PENDING_OF = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, p.survivor_conversation_id, r.reason,
                   r.requested_by, r.external_ref
              FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.id IN (:ids) AND r.status = 'PENDING' ORDER BY r.id
            """;

    private static final String COUNT_PENDING = """
            SELECT COUNT(*) FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
            """;

    private static final String OPEN = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref, status
              FROM merge_request WHERE status IN ('PENDING', 'RETRY') ORDER BY id
            """;

    private static final Transition MERGE = new Transition(Set.of(PENDING), MERGED, """
            status_detail = NULL, parent_note_key = ?, job_execution_id = ?,
            survivor_conversation_id = (SELECT p.survivor_conversation_id FROM merge_plan p
                                         WHERE p.request_id = merge_request.id),
            """);

    private static final String MERGE_SAME_PAIR = """
            UPDATE merge_request
               SET status = 'MERGED', job_execution_id = ?, updated_at = ?
             WHERE duplicate_conversation_id = (SELECT f.duplicate_conversation_id FROM merge_request f WHERE f.id = ?)
               AND same_as_request_id = ? AND status = 'PENDING'
            """;

    private static final Transition WAIT =
            new Transition(Set.of(PENDING), RETRY, "status_detail = ?, job_execution_id = ?,");

    private static final Transition GIVE_UP =
            new Transition(Set.of(PENDING), FAILED, "status_detail = ?, job_execution_id = ?,");

    private static final Transition DUE = new Transition(Set.of(RETRY), PENDING, "");

    private static final Transition RELEASE =
            new Transition(Set.of(RETRY, FAILED), PENDING, "status_detail = 'released by an operator',");

    private static final Transition DROP = new Transition(Set.of(RETRY, FAILED), FAILED, "status_detail = ?,");

    static final Transition REJECT =
            new Transition(Set.of(PENDING, RETRY), REJECTED, "status_detail = ?, job_execution_id = ?,");

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Requests(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /** The highest id there is; 0 for an empty table. A run takes no request that came after it began. */
    public long lastId() {
        return jdbc.sql(LAST_ID).query(Long.class).single();
    }

    /** How many requests up to {@code upToId} are to be applied. */
    public long countPending(long upToId) {
        return jdbc.sql(COUNT_PENDING).param("upToId", upToId).query(Long.class).single();
    }

    /**
     * The next requests of a partition to apply, by id. The rows say what a restart must do; no position is saved.
     *
     * @param checkedSince leaves out requests whose survivor was not found to exist since then
     */
    public List<MergeRequest> pendingPage(
            int partitionKey, long afterId, long upToId, Instant checkedSince, int limit) {
        return jdbc.sql(PENDING_PAGE)
                .param("partitionKey", partitionKey)
                .param("afterId", afterId)
                .param("upToId", upToId)
                .param("checkedSince", SqlTime.utc(checkedSince))
                .param("limit", limit)
                .query((row, n) -> request(row))
                .list();
    }

    /** Those of the requests that are still to be applied. */
    public List<MergeRequest> pending(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(PENDING_OF)
                        .param("ids", ids)
                        .query((row, n) -> request(row))
                        .list();
    }

    /**
     * The requests that a run would take now, as somebody wrote them: by id, in ascending order.
     *
     * @param due tells of a request in RETRY whether its next try is due
     */
    public Map<Long, NewRequest> candidates(LongPredicate due) {
        Map<Long, NewRequest> found = new LinkedHashMap<>();
        jdbc.sql(OPEN).query(row -> {
            long id = row.getLong("id");
            if (row.getString("status").equals("PENDING") || due.test(id)) {
                found.put(
                        id,
                        new NewRequest(
                                row.getString("parent_conversation_id"),
                                row.getString("duplicate_conversation_id"),
                                row.getString("reason"),
                                row.getString("requested_by"),
                                row.getString("external_ref")));
            }
        });
        return found;
    }

    /**
     * Writes that the requests are MERGED, and those that waited for one of them.
     *
     * @param notifySurvivor whether the survivor is to get a note about it
     * @return those that were PENDING; another is named in a warning and stays as somebody has set it meanwhile
     */
    public List<Long> merged(List<Long> ids, boolean notifySurvivor, long executionId) {
        Instant now = clock.instant();
        List<Long> merged = MERGE.apply(batches, ids, now, notifySurvivor ? null : SurvivorNotes.OFF, executionId);
        ids.stream()
                .filter(id -> !merged.contains(id))
                .forEach(id -> log.warn("request {}: merged, but its row was no longer PENDING; its status stays", id));
        OffsetDateTime at = SqlTime.utc(now);
        batches.batchUpdate(
                MERGE_SAME_PAIR,
                merged.stream()
                        .map(id -> new Object[] {executionId, at, id, id})
                        .toList());
        leavePlan(batches, merged);
        return merged;
    }

    /** Sends a request to the retry table: RETRY; false if it is not PENDING. */
    public boolean waitForRetry(long id, String detail, long executionId) {
        return !WAIT.apply(batches, List.of(id), clock.instant(), detail, executionId)
                .isEmpty();
    }

    /** Gives a request up: FAILED; false if it is not PENDING. */
    public boolean giveUp(long id, String detail, long executionId) {
        return !GIVE_UP.apply(batches, List.of(id), clock.instant(), detail, executionId)
                .isEmpty();
    }

    /** Makes those PENDING that are in RETRY, as their next try is due; returns them. */
    public List<Long> retry(List<Long> ids) {
        return DUE.apply(batches, ids, clock.instant());
    }

    /** Makes those PENDING that wait or were given up, as an operator wants it; returns them. */
    public List<Long> release(List<Long> ids) {
        return RELEASE.apply(batches, ids, clock.instant());
    }

    /** Gives up those that wait or were given up before, with the operator's reason; returns them. */
    public List<Long> drop(List<Long> ids, String reason) {
        return DROP.apply(batches, ids, clock.instant(), "dropped by an operator: " + reason);
    }

    /** Rejects those that are not begun, and takes them out of the plan; returns them. */
    public List<Long> reject(List<Long> ids, String reason, long executionId) {
        List<Long> rejected = REJECT.apply(batches, ids, clock.instant(), reason, executionId);
        leavePlan(batches, rejected);
        return rejected;
    }

    static void leavePlan(JdbcTemplate batches, List<Long> ids) {
        batches.batchUpdate(
                LEAVE_PLAN, ids.stream().map(id -> new Object[] {id}).toList());
    }

    static MergeRequest request(ResultSet row) throws SQLException {
        return new MergeRequest(
                row.getLong("id"),
                new ConversationId(row.getString("parent_conversation_id")),
                new ConversationId(row.getString("duplicate_conversation_id")),
                new ConversationId(row.getString("survivor_conversation_id")),
                row.getString("reason"),
                row.getString("requested_by"),
                row.getString("external_ref"));
    }
}
