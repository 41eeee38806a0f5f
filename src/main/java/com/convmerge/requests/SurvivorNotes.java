package com.convmerge.requests;

import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which merges no survivor's note lists yet, and which note lists which merges. */
public final class SurvivorNotes {
    /** Stands in place of a key where the settings ask for no notes on survivors. */
    static final String OFF = "off";

    private static final String UNLISTED = """
            SELECT survivor_conversation_id, id
              FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id IS NOT NULL
               AND EXISTS (SELECT 1 FROM merge_survivor s WHERE s.conversation_id = survivor_conversation_id)
            """;

    private static final String COUNT_UNLISTED =
            "SELECT COUNT(DISTINCT survivor_conversation_id) FROM (" + UNLISTED + ") unlisted";

    private static final String UNTELLABLE = """
            SELECT id FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED' AND same_as_request_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM merge_survivor s WHERE s.conversation_id = survivor_conversation_id)
             ORDER BY id
            """;

    private static final String ASSIGN =
            "UPDATE merge_request SET parent_note_key = ? WHERE id = ? AND parent_note_key IS NULL AND status = 'MERGED'";

    private static final String MERGES = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, survivor_conversation_id, reason, requested_by,
                   external_ref, strategy
              FROM merge_request WHERE id IN (:ids) ORDER BY id
            """;

    private static final String LISTED_BY = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, survivor_conversation_id, reason, requested_by,
                   external_ref, strategy
              FROM merge_request WHERE parent_note_key = :key AND status = 'MERGED' ORDER BY id
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final StreamingQuery query;

    SurvivorNotes(JdbcClient jdbc, JdbcTemplate batches, StreamingQuery query) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.query = query;
    }

    /** How many survivors have merges that no note lists. */
    public long countUnlisted() {
        return jdbc.sql(COUNT_UNLISTED).query(Long.class).single();
    }

    /** The survivors with merges that no note lists, and these merges. */
    public List<Survivor> unlisted() {
        return query.survivors(UNLISTED, Map.of());
    }

    /**
     * Merged requests of which nobody can be told, by id: somebody has changed the survivor in their rows to one that no run has
     * ever found to exist, or to none.
     */
    public List<Long> untellable() {
        return jdbc.sql(UNTELLABLE).query(Long.class).list();
    }

    /** Writes down, before the note {@code key} is sent, which merges it lists; another note's stay with that one. */
    public void assign(OperationKey key, List<Long> requestIds) {
        batches.batchUpdate(
                ASSIGN,
                requestIds.stream().map(id -> new Object[] {key.value(), id}).toList());
    }

    /**
     * The merges that the note {@code key} lists, by id; empty if they were not written down before the program ended, or were taken
     * back since.
     */
    public List<MergeRequest> listedBy(OperationKey key) {
        return jdbc
                .sql(LISTED_BY)
                .param("key", key.value())
                .query((row, n) -> PendingRequests.request(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** These merges, by id. */
    public List<MergeRequest> merges(List<Long> requestIds) {
        return MergedRequests.slices(requestIds).stream()
                .flatMap(some ->
                        jdbc
                                .sql(MERGES)
                                .param("ids", some)
                                .query((row, n) -> PendingRequests.request(row))
                                .list()
                                .stream())
                .flatMap(Optional::stream)
                .toList();
    }
}
