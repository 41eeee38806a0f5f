package com.convmerge.intake;

import com.convmerge.merge.ConversationId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The survivors of a run, each of which is read once before its duplicates are touched. */
public final class Parents {
    private static final String UNCHECKED = """
            SELECT DISTINCT survivor_conversation_id
              FROM merge_request
             WHERE status = 'PENDING' AND survivor_conversation_id > :after AND id <= :upToId AND partition_key IS NOT NULL
               AND (survivor_checked_at IS NULL OR survivor_checked_at < :since)
             ORDER BY survivor_conversation_id LIMIT :limit
            """;

    private static final String FOUND =
            "UPDATE merge_request SET survivor_checked_at = ? WHERE status = 'PENDING' AND survivor_conversation_id = ?";

    private static final String REJECT = """
            UPDATE merge_request
               SET status = 'REJECTED', status_detail = :reason, job_execution_id = :executionId, updated_at = :at
             WHERE status = 'PENDING' AND survivor_conversation_id = :survivor AND id <= :upToId
            """;

    private static final String PENDING_OF = """
            SELECT id FROM merge_request
             WHERE status = 'PENDING' AND survivor_conversation_id = :survivor AND id <= :upToId
             ORDER BY id
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    Parents(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * The next survivors that were not found to exist since {@code since}.
     *
     * @param after the last of the page before; empty for the first
     */
    public List<ConversationId> unchecked(String after, Instant since, long upToId, int limit) {
        return jdbc.sql(UNCHECKED)
                .param("after", after)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("upToId", upToId)
                .param("limit", limit)
                .query((row, n) -> new ConversationId(row.getString(1)))
                .list();
    }

    /** Writes that the survivors exist, so that a restart does not ask again. */
    public void found(List<? extends ConversationId> survivors, Instant at) {
        batches.batchUpdate(
                FOUND,
                survivors.stream()
                        .map(survivor -> new Object[] {at.atOffset(ZoneOffset.UTC), survivor.value()})
                        .toList());
    }

    /** Rejects the requests that would be merged into {@code survivor}. */
    public void reject(ConversationId survivor, String reason, long upToId, long executionId, Instant at) {
        jdbc.sql(REJECT)
                .param("survivor", survivor.value())
                .param("reason", reason)
                .param("upToId", upToId)
                .param("executionId", executionId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The requests that would be merged into {@code survivor}. */
    public List<Long> pendingOf(ConversationId survivor, long upToId) {
        return jdbc.sql(PENDING_OF)
                .param("survivor", survivor.value())
                .param("upToId", upToId)
                .query(Long.class)
                .list();
    }
}
