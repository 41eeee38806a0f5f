package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the ledger knows of something that was found elsewhere: at Intercom, or in the rows of requests. For suspicions only. */
public final class LedgerSearch {
    private static final String WITH_REFERENCE =
            "SELECT operation_key FROM merge_operation WHERE reference = :reference ORDER BY operation_key";

    private static final String KNOWS_TAG =
            "SELECT COUNT(*) FROM merge_operation WHERE conversation_id = :conversation AND operation = 'TAG'";

    private static final String CLOSED_EARLIER = """
            SELECT COUNT(*) FROM merge_operation
             WHERE request_id IN (:ids) AND operation IN ('CLOSE', 'MERGE_NATIVE') AND job_execution_id <> :executionId
            """;

    private static final String BEGUN = "SELECT DISTINCT request_id FROM merge_operation WHERE request_id IN (:ids)";

    private final JdbcClient jdbc;

    LedgerSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The operation whose note shows this reference; empty if it was never claimed. It reads the whole table. */
    public Optional<OperationKey> withReference(String reference) {
        return jdbc.sql(WITH_REFERENCE).param("reference", reference).query(String.class).list().stream()
                .findFirst()
                .map(OperationKey::new);
    }

    /** Whether the tag of a conversation was ever written down. */
    public boolean knowsTagOf(ConversationId conversation) {
        return count(jdbc.sql(KNOWS_TAG).param("conversation", conversation.value())) > 0;
    }

    /** Whether one of the requests was closed, or merged by Intercom's own merge, by another execution than this one. */
    public boolean isAnyClosedEarlier(List<Long> requestIds, long executionId) {
        return !requestIds.isEmpty()
                && count(jdbc.sql(CLOSED_EARLIER).param("ids", requestIds).param("executionId", executionId)) > 0;
    }

    /** Those of the requests for which anything was ever written down. */
    public Set<Long> begunOf(List<Long> requestIds) {
        return requestIds.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql(BEGUN)
                        .param("ids", requestIds)
                        .query(Long.class)
                        .list());
    }

    private static long count(JdbcClient.StatementSpec query) {
        return query.query(Long.class).single();
    }
}
