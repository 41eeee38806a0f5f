package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which survivors were found to exist, and when. Each is read once in a run before its duplicates are touched. */
public final class CheckedSurvivors {
    private static final String UNCHECKED = """
            SELECT p.survivor_conversation_id, p.request_id AS id
              FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
               AND NOT EXISTS (SELECT 1 FROM merge_survivor s
                                WHERE s.conversation_id = p.survivor_conversation_id AND s.found_at >= :since)
            """;

    private static final String FOUND_AGAIN = "UPDATE merge_survivor SET found_at = ? WHERE conversation_id = ?";

    private static final String LAST_FOUND =
            "SELECT conversation_id FROM merge_survivor ORDER BY found_at DESC FETCH FIRST 1 ROW ONLY";

    private static final String FOUND = "INSERT INTO merge_survivor (found_at, conversation_id) VALUES (?, ?)";

    private final JdbcTemplate jdbc;
    private final StreamingQuery query;

    CheckedSurvivors(JdbcTemplate jdbc, StreamingQuery query) {
        this.jdbc = jdbc;
        this.query = query;
    }

    /** The survivors that were not found to exist since {@code since}, with the requests that are to be merged into them. */
    public List<Survivor> unchecked(Instant since, long upToId) {
        return query.survivors(UNCHECKED, Map.of("since", SqlTime.utc(since), "upToId", upToId));
    }

    /** A conversation that was found to exist, the latest of all; empty if none ever was. */
    public Optional<ConversationId> lastFound() {
        return jdbc.queryForList(LAST_FOUND, String.class).stream().findFirst().map(ConversationId::new);
    }

    /** Writes down that the survivors exist, so that a restart does not ask again. */
    public void found(List<ConversationId> survivors, Instant at) {
        List<Object[]> rows = survivors.stream()
                .map(survivor -> new Object[] {SqlTime.utc(at), survivor.value()})
                .toList();
        int[] again = jdbc.batchUpdate(FOUND_AGAIN, rows);
        jdbc.batchUpdate(
                FOUND,
                IntStream.range(0, rows.size())
                        .filter(i -> again[i] == 0)
                        .mapToObj(rows::get)
                        .toList());
    }
}
