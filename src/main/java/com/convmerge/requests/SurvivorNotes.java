package com.convmerge.requests;

import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which merges the survivors still have to be told of, and which note tells which. */
public final class SurvivorNotes {
    /** Stands in place of a key where no note is wanted. */
    static final String OFF = "off";

    private static final String UNTOLD = """
            SELECT survivor_conversation_id, id
              FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id IS NOT NULL
            """;

    private static final String ASSIGN =
            "UPDATE merge_request SET parent_note_key = ? WHERE id = ? AND parent_note_key IS NULL AND status = 'MERGED'";

    private static final String TOLD_BY = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, survivor_conversation_id, reason, requested_by,
                   external_ref
              FROM merge_request WHERE parent_note_key = :key ORDER BY id
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Scan scan;

    SurvivorNotes(JdbcClient jdbc, JdbcTemplate batches, Scan scan) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.scan = scan;
    }

    /** The survivors with merges that no note tells of, and these merges. */
    public List<Survivor> untold() {
        return scan.survivors(UNTOLD, Map.of());
    }

    /** Puts merges into the note {@code key}, before it is sent. */
    public void assign(OperationKey key, List<Long> requestIds) {
        batches.batchUpdate(
                ASSIGN,
                requestIds.stream().map(id -> new Object[] {key.value(), id}).toList());
    }

    /** What the note {@code key} tells of. */
    public List<MergeRequest> toldBy(OperationKey key) {
        return jdbc.sql(TOLD_BY)
                .param("key", key.value())
                .query((row, n) -> Requests.request(row))
                .list();
    }
}
