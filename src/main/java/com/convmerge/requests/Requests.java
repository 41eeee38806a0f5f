package com.convmerge.requests;

import static com.convmerge.merge.RequestStatus.FAILED;
import static com.convmerge.merge.RequestStatus.MERGED;
import static com.convmerge.merge.RequestStatus.PENDING;
import static com.convmerge.merge.RequestStatus.REJECTED;
import static com.convmerge.merge.RequestStatus.RETRY;
import static com.convmerge.merge.RequestStatus.UNDONE;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.NewRequest;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every change of a request's status. {@link com.convmerge.merge.RequestStatus} says
 * which changes there are; each returns the requests that it found where it expected them.
 */
public final class Requests {
    private static final int LONGEST_DETAIL = 3_900;

    private static final Logger log = LoggerFactory.getLogger(Requests.class);

    /** Takes a request out of the plan, so that no run touches it until it is planned again. */
    private static final String LEAVE_PLAN = "DELETE FROM merge_plan WHERE request_id = ?";

    private static final String OPEN = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref, status, strategy
              FROM merge_request WHERE status IN ('PENDING', 'RETRY') ORDER BY id
            """;

    private static final String IN_RETRY = "SELECT id FROM merge_request WHERE status = 'RETRY' ORDER BY id";

    private static final Transition MERGE = new Transition(Set.of(PENDING), MERGED, """
            status_detail = NULL, parent_note_key = COALESCE(parent_note_key, ?), job_execution_id = ?,
            survivor_conversation_id = ?,
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

    /** How the detail of what an operator has dropped begins; the reason follows. */
    private static final String DROPPED = "dropped by an operator: ";

    /** What was dropped keeps the reason. */
    private static final Transition RELEASE = new Transition(
            Set.of(RETRY, FAILED),
            PENDING,
            "status_detail = CASE WHEN status_detail LIKE '" + DROPPED + "%'"
                    + " THEN SUBSTRING('released by an operator; before that ' || status_detail FROM 1 FOR 4000)"
                    + " ELSE 'released by an operator' END,");

    private static final Transition DROP = new Transition(Set.of(RETRY, FAILED), FAILED, "status_detail = ?,");

    static final Transition REJECT =
            new Transition(Set.of(PENDING, RETRY), REJECTED, "status_detail = ?, job_execution_id = ?,");

    private static final Transition UNDO =
            new Transition(Set.of(MERGED), UNDONE, "status_detail = ?, job_execution_id = ?,");

    private static final String UNDO_SAME_PAIR = """
            UPDATE merge_request
               SET status = 'UNDONE', status_detail = ?, job_execution_id = ?, updated_at = ?
             WHERE same_as_request_id = ? AND status = 'MERGED'
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Requests(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
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
                                row.getString("external_ref"),
                                row.getString("strategy")));
            }
        });
        return found;
    }

    /**
     * Writes that the requests are MERGED, and those that waited for one of them. What was told to the survivor before, because
     * somebody made a merged request PENDING by hand, is not told again.
     *
     * @param survivors the conversation into which each request was merged, by the request's id
     * @param notifySurvivor whether the survivor is to get a note about it
     * @return those that were PENDING; another is named in a warning and stays as somebody has set it meanwhile
     */
    public List<Long> merged(Map<Long, ConversationId> survivors, boolean notifySurvivor, long executionId) {
        Instant now = clock.instant();
        List<Long> ids = List.copyOf(survivors.keySet());
        List<Long> merged = MERGE.apply(batches, ids, now, id -> new @Nullable Object[] {
            notifySurvivor ? null : SurvivorNotes.OFF,
            executionId,
            Objects.requireNonNull(survivors.get(id)).value()
        });
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

    /**
     * Writes that merges were taken back: UNDONE, and with each the requests for the same pair that shared its outcome.
     *
     * @param details what was left as it is, by the request's id; empty text if that is nothing
     */
    public void undone(Map<Long, String> details, long executionId) {
        Instant now = clock.instant();
        List<Long> undone = UNDO.apply(batches, List.copyOf(details.keySet()), now, id ->
                new @Nullable Object[] {detail(details, id), executionId});
        OffsetDateTime at = SqlTime.utc(now);
        batches.batchUpdate(
                UNDO_SAME_PAIR,
                undone.stream()
                        .map(id -> new @Nullable Object[] {detail(details, id), executionId, at, id})
                        .toList());
    }

    private static @Nullable String detail(Map<Long, String> details, long id) {
        String detail = details.getOrDefault(id, "");
        return detail.isEmpty() ? null : OneLine.of(detail, LONGEST_DETAIL);
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

    /** The ids of all requests in RETRY. */
    public List<Long> inRetry() {
        return jdbc.sql(IN_RETRY).query(Long.class).list();
    }

    /** Makes those PENDING that wait or were given up, as an operator wants it; returns them. */
    public List<Long> release(List<Long> ids) {
        return RELEASE.apply(batches, ids, clock.instant());
    }

    /** Gives up those that wait or were given up before, with the operator's reason; returns them. */
    public List<Long> drop(List<Long> ids, String reason) {
        return DROP.apply(batches, ids, clock.instant(), DROPPED + reason);
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
}
