package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Merges that were made, for those who want to take some of them back. Each is named by the request that made it. */
public final class MergedRequests {
    /** As many parameters as a statement may have, with some to spare. */
    private static final int AT_ONCE = 5_000;

    /** Requests for the same pair share one outcome, and the one that brought it about stands for all. */
    private static final String SELECT_IDS =
            "SELECT DISTINCT COALESCE(same_as_request_id, id) AS id FROM merge_request WHERE status = 'MERGED' AND ";

    private static final String OF_EXECUTIONS = SELECT_IDS + "job_execution_id IN (:some) ORDER BY id";

    private static final String OF_SURVIVOR = SELECT_IDS + "survivor_conversation_id = :survivor ORDER BY id";

    private static final String OF_REQUESTS = SELECT_IDS + "id IN (:some) ORDER BY id";

    private static final String MERGES = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, survivor_conversation_id, reason, requested_by,
                   external_ref, strategy, parent_note_key
              FROM merge_request WHERE id IN (:some) AND status = 'MERGED' ORDER BY id
            """;

    private static final String BY_WAY_OF = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, survivor_conversation_id, reason, requested_by,
                   external_ref, strategy, parent_note_key
              FROM merge_request
             WHERE status = 'MERGED' AND same_as_request_id IS NULL AND parent_conversation_id IN (:some)
               AND survivor_conversation_id <> parent_conversation_id
             ORDER BY id
            """;

    private final JdbcClient jdbc;

    MergedRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One merge.
     *
     * @param survivorNote the ledger's key of the note that tells the survivor of it; null if it was not told, or is not to be
     */
    public record Merged(MergeRequest request, @Nullable String survivorNote) {}

    /** The ids of what these executions of a run have merged, and is merged still. */
    public List<Long> ofExecutions(List<Long> executionIds) {
        return ids(OF_EXECUTIONS, executionIds);
    }

    /** The ids of what is merged into this conversation, also by way of others. */
    public List<Long> into(ConversationId survivor) {
        return jdbc.sql(OF_SURVIVOR)
                .param("survivor", survivor.value())
                .query(Long.class)
                .list();
    }

    /** The ids of those that have brought about what these requests ask for; a request that is not merged has none. */
    public List<Long> ofRequests(List<Long> requestIds) {
        return ids(OF_REQUESTS, requestIds);
    }

    /** Those of the merges that are merged still, by id. */
    public List<Merged> merges(List<Long> ids) {
        return merged(MERGES, ids);
    }

    /** What was merged by way of these duplicates, and is merged still: it lies in their survivors, and not in them. */
    public List<Merged> byWayOf(List<ConversationId> duplicates) {
        return merged(BY_WAY_OF, duplicates.stream().map(ConversationId::value).toList());
    }

    private List<Long> ids(String sql, List<Long> some) {
        List<Long> ids = new ArrayList<>();
        for (List<Long> slice : slices(some)) {
            ids.addAll(jdbc.sql(sql).param("some", slice).query(Long.class).list());
        }
        return ids.stream().distinct().sorted().toList();
    }

    private List<Merged> merged(String sql, List<?> some) {
        List<Merged> merged = new ArrayList<>();
        for (List<?> slice : slices(some)) {
            jdbc.sql(sql).param("some", slice).query(row -> {
                String key = row.getString("parent_note_key");
                Optional<MergeRequest> request = PendingRequests.request(row);
                request.ifPresent(found -> merged.add(new Merged(found, SurvivorNotes.OFF.equals(key) ? null : key)));
            });
        }
        return merged;
    }

    /** Portions of which each fits into one statement. */
    static <T> List<List<T>> slices(List<T> all) {
        List<List<T>> slices = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            slices.add(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
        return slices;
    }
}
