package com.convmerge.report;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The requests that touch a conversation: as their duplicate, as their parent, or as the survivor that a chain leads to.
 *
 * <p>Parents and survivors have no index of their own, because each new row would have to be written into it: on H2 an import of
 * 100,000 requests took twice as long with one. There is another way to them. What a conversation was told of is found by the
 * ledger's keys of its notes; what nobody was told of yet is open, rejected or just merged, and that is what the indexes on the
 * status and on the note's key find.
 */
public final class ConversationRequests {
    /** {@code 'off'} stands for the key where the settings ask for no notes on survivors. */
    static final String TOUCHING = """
            SELECT id FROM merge_request WHERE duplicate_conversation_id = :conversation
            UNION
            SELECT told.id FROM merge_operation o JOIN merge_request told ON told.parent_note_key = o.operation_key
             WHERE o.conversation_id = :conversation AND o.operation = 'PARENT_NOTE'
            UNION
            SELECT r.id FROM merge_operation o JOIN merge_request r ON r.parent_note_key = o.operation_key
             WHERE o.conversation_id IN (:survivors) AND o.operation = 'PARENT_NOTE'
               AND r.parent_conversation_id = :conversation
            UNION
            SELECT r.id FROM merge_request r LEFT JOIN merge_plan p ON p.request_id = r.id
             WHERE r.status IN ('PENDING', 'RETRY', 'FAILED', 'REJECTED')
               AND (r.parent_conversation_id = :conversation OR p.survivor_conversation_id = :conversation)
            UNION
            SELECT id FROM merge_request
             WHERE parent_note_key IS NULL AND status = 'MERGED'
               AND (parent_conversation_id = :conversation OR survivor_conversation_id = :conversation)
            UNION
            SELECT id FROM merge_request
             WHERE parent_note_key = 'off' AND status = 'MERGED'
               AND (parent_conversation_id = :conversation OR survivor_conversation_id = :conversation)
            """;

    /** Where these conversations went. */
    static final String WENT_TO = """
            SELECT DISTINCT COALESCE(r.survivor_conversation_id, p.survivor_conversation_id) AS survivor
              FROM merge_request r LEFT JOIN merge_plan p ON p.request_id = r.id
             WHERE r.duplicate_conversation_id IN (:conversations)
               AND COALESCE(r.survivor_conversation_id, p.survivor_conversation_id) IS NOT NULL
            """;

    private final JdbcClient jdbc;
    private final RequestReports reports;

    ConversationRequests(JdbcClient jdbc, RequestReports reports) {
        this.jdbc = jdbc;
        this.reports = reports;
    }

    /**
     * What touches a conversation.
     *
     * @param total how many requests do
     * @param newest the newest of them, newest first
     */
    public record Found(long total, List<RequestReport> newest) {}

    /** The requests that touch a conversation, which is an id, or whatever somebody wrote in place of one; at most {@code limit}. */
    public Found touching(String conversation, int limit) {
        List<Long> ids = jdbc.sql(TOUCHING)
                .param("conversation", conversation)
                .param("survivors", survivors(conversation))
                .query(Long.class)
                .list();
        List<Long> newest =
                ids.stream().sorted(Comparator.reverseOrder()).limit(limit).toList();
        return new Found(ids.size(), reports.of(newest));
    }

    /**
     * The conversation, where it went, and where that one went in later nights: one of these was told of a request that names the
     * conversation as its parent.
     */
    private Set<String> survivors(String conversation) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> next = Set.of(conversation);
        while (!next.isEmpty()) {
            found.addAll(next);
            next = Set.copyOf(jdbc.sql(WENT_TO).param("conversations", next).query(String.class).list().stream()
                    .filter(survivor -> !found.contains(survivor))
                    .toList());
        }
        return found;
    }
}
