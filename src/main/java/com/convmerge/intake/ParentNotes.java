package com.convmerge.intake;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which merges the survivors still have to be told of, and which note tells which. */
public final class ParentNotes {
    /** Stands in place of a key where no note is wanted. */
    static final String OFF = "off";

    private static final String SURVIVORS_TO_TELL = """
            SELECT DISTINCT survivor_conversation_id
              FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id > :after
             ORDER BY survivor_conversation_id LIMIT :limit
            """;

    private static final String COUNT_TO_TELL = """
            SELECT COUNT(*) FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id = :survivor
            """;

    private static final String ASSIGN = """
            UPDATE merge_request SET parent_note_key = :key
             WHERE id IN (SELECT id FROM merge_request
                           WHERE parent_note_key IS NULL AND status = 'MERGED' AND survivor_conversation_id = :survivor
                           ORDER BY id LIMIT :limit)
            """;

    private static final String TOLD_BY =
            "SELECT " + Requests.COLUMNS + " FROM merge_request WHERE parent_note_key = :key ORDER BY id";

    private final JdbcClient jdbc;

    ParentNotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next survivors that got duplicates and were not told.
     *
     * @param after the last of the page before; empty for the first
     */
    public List<ConversationId> survivorsToTell(String after, int limit) {
        return jdbc.sql(SURVIVORS_TO_TELL)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new ConversationId(row.getString(1)))
                .list();
    }

    /** How many merges a survivor was not told of. */
    public long countToTell(ConversationId survivor) {
        return jdbc.sql(COUNT_TO_TELL)
                .param("survivor", survivor.value())
                .query(Long.class)
                .single();
    }

    /** Puts up to {@code limit} merges into the note {@code key}, before it is sent; returns how many. */
    public int assign(OperationKey key, ConversationId survivor, int limit) {
        return jdbc.sql(ASSIGN)
                .param("key", key.value())
                .param("survivor", survivor.value())
                .param("limit", limit)
                .update();
    }

    /** What the note {@code key} tells of. */
    public List<MergeRequest> toldBy(OperationKey key) {
        return jdbc.sql(TOLD_BY)
                .param("key", key.value())
                .query((row, n) -> Requests.request(row))
                .list();
    }
}
