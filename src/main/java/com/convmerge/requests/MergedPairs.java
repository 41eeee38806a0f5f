package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeEdge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What earlier runs have merged, as far as it matters to the requests that are open: where a conversation of theirs went, and where that
 * one went. If most requests are merged, as at a restart near the end of a night, these few are looked up, so that the effort follows
 * what is left. Otherwise it takes less time to read them all.
 */
final class MergedPairs {
    /** A look-up takes about as long as reading this many rows that follow each other. */
    private static final long ROWS_READ_IN_A_LOOK_UP = 4;

    private static final int LOOKED_UP_AT_ONCE = 1_000;

    private static final String ARE_MORE =
            "SELECT COUNT(*) FROM (SELECT 1 FROM merge_request WHERE status = 'MERGED' LIMIT :most) merged";

    private static final String ALL = """
            SELECT id, parent_conversation_id, duplicate_conversation_id FROM merge_request
             WHERE id <= :upToId AND status = 'MERGED' AND same_as_request_id IS NULL
            """;

    private static final String OF_DUPLICATES =
            ALL + " AND duplicate_conversation_id = ANY(CAST(:duplicates AS VARCHAR(255) ARRAY))";

    private final JdbcClient jdbc;
    private final StreamingQuery query;

    MergedPairs(JdbcClient jdbc, StreamingQuery query) {
        this.jdbc = jdbc;
        this.query = query;
    }

    /** The merged pairs with an id up to {@code upToId} on every way that leads on from a conversation of {@code pairs}. */
    List<MergeEdge> around(List<MergeEdge> pairs, long upToId) {
        long most = ROWS_READ_IN_A_LOOK_UP * pairs.size();
        return areMoreThan(most) ? onTheWay(pairs, upToId) : all(upToId);
    }

    private boolean areMoreThan(long most) {
        return jdbc.sql(ARE_MORE).param("most", most + 1).query(Long.class).single() > most;
    }

    private List<MergeEdge> all(long upToId) {
        List<MergeEdge> merged = new ArrayList<>();
        query.each(ALL, Map.of("upToId", upToId), row -> edge(row).ifPresent(merged::add));
        return merged;
    }

    private List<MergeEdge> onTheWay(List<MergeEdge> pairs, long upToId) {
        Set<Long> seen = new HashSet<>();
        Map<Long, MergeEdge> merged = new HashMap<>();
        List<Long> next = new ArrayList<>();
        pairs.forEach(pair -> {
            addUnseen(pair.duplicate(), seen, next);
            addUnseen(pair.parent(), seen, next);
        });
        while (!next.isEmpty()) {
            List<Long> now = next.subList(Math.max(0, next.size() - LOOKED_UP_AT_ONCE), next.size());
            String[] duplicates = now.stream().map(String::valueOf).toArray(String[]::new);
            now.clear();
            query.each(OF_DUPLICATES, Map.of("upToId", upToId, "duplicates", duplicates), row -> edge(row)
                    .ifPresent(pair -> {
                        merged.put(pair.requestId(), pair);
                        addUnseen(pair.parent(), seen, next);
                    }));
        }
        return new ArrayList<>(merged.values());
    }

    private static void addUnseen(long conversation, Set<Long> seen, List<Long> next) {
        if (seen.add(conversation)) {
            next.add(conversation);
        }
    }

    /** Empty for a row that somebody has changed to what is no id. */
    private static Optional<MergeEdge> edge(ResultSet row) throws SQLException {
        String parent = row.getString("parent_conversation_id");
        String duplicate = row.getString("duplicate_conversation_id");
        return ConversationId.fault(parent).isPresent()
                        || ConversationId.fault(duplicate).isPresent()
                ? Optional.empty()
                : Optional.of(new MergeEdge(
                        row.getLong("id"),
                        Long.parseLong(parent),
                        Long.parseLong(duplicate),
                        MergeEdge.Standing.MERGED));
    }
}
