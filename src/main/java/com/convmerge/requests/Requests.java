package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The requests of a run, one partition's page after the other. */
public final class Requests {
    /** Takes a request out of the plan, so that no run touches it until it is planned again. */
    static final String LEAVE_PLAN = "DELETE FROM merge_plan WHERE request_id = ?";

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

    private static final String COUNT_PENDING = """
            SELECT COUNT(*) FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
            """;

    private static final String MERGED = """
            UPDATE merge_request
               SET status = 'MERGED', status_detail = NULL, parent_note_key = ?, job_execution_id = ?, updated_at = ?,
                   survivor_conversation_id = (SELECT p.survivor_conversation_id FROM merge_plan p WHERE p.request_id = ?)
             WHERE id = ? AND status = 'PENDING'
            """;

    private static final String SAME_PAIR_MERGED = """
            UPDATE merge_request
               SET status = 'MERGED', job_execution_id = ?, updated_at = ?
             WHERE duplicate_conversation_id = (SELECT f.duplicate_conversation_id FROM merge_request f WHERE f.id = ?)
               AND same_as_request_id = ? AND status = 'PENDING'
            """;

    private static final String LEAVE_RETRY_TABLE = "DELETE FROM merge_retry WHERE request_id = ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Requests(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /** The highest id there is; 0 for an empty table. A run takes nothing that came after it began. */
    public long lastId() {
        return jdbc.sql(LAST_ID).query(Long.class).single();
    }

    /** How many requests up to {@code upToId} are to be applied. */
    public long countPending(long upToId) {
        return jdbc.sql(COUNT_PENDING).param("upToId", upToId).query(Long.class).single();
    }

    /**
     * The next requests to apply of a partition, by id. What a restart must do is what the rows say: no position is saved.
     *
     * @param checkedSince leaves out requests whose survivor was not found to exist since then
     */
    public List<MergeRequest> pendingPage(
            int partitionKey, long afterId, long upToId, Instant checkedSince, int limit) {
        return jdbc.sql(PENDING_PAGE)
                .param("partitionKey", partitionKey)
                .param("afterId", afterId)
                .param("upToId", upToId)
                .param("checkedSince", checkedSince.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> request(row))
                .list();
    }

    /**
     * Writes that the requests are MERGED, and those that waited for one of them; they leave the retry table.
     *
     * @param tellSurvivor whether the survivor is to get a note about it
     */
    public void merged(List<Long> requestIds, boolean tellSurvivor, long executionId) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        String noteKey = tellSurvivor ? null : SurvivorNotes.OFF;
        batches.batchUpdate(
                MERGED,
                requestIds.stream()
                        .map(id -> new Object[] {noteKey, executionId, now, id, id})
                        .toList());
        batches.batchUpdate(
                SAME_PAIR_MERGED,
                requestIds.stream()
                        .map(id -> new Object[] {executionId, now, id, id})
                        .toList());
        List<Object[]> ids = requestIds.stream().map(id -> new Object[] {id}).toList();
        batches.batchUpdate(LEAVE_PLAN, ids);
        batches.batchUpdate(LEAVE_RETRY_TABLE, ids);
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
