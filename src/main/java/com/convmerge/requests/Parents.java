package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** The survivors of a run, each of which is read once before its duplicates are touched. */
public final class Parents {
    private static final String UNCHECKED = """
            SELECT p.survivor_conversation_id, p.request_id AS id
              FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
               AND NOT EXISTS (SELECT 1 FROM merge_survivor s
                                WHERE s.conversation_id = p.survivor_conversation_id AND s.found_at >= :since)
            """;

    private static final String FOUND_AGAIN = "UPDATE merge_survivor SET found_at = ? WHERE conversation_id = ?";

    private static final String FOUND = "INSERT INTO merge_survivor (found_at, conversation_id) VALUES (?, ?)";

    private static final String REJECT = """
            UPDATE merge_request
               SET status = 'REJECTED', status_detail = ?, job_execution_id = ?, updated_at = ?
             WHERE id = ? AND status = 'PENDING'
            """;

    private final JdbcTemplate jdbc;
    private final Scan scan;

    Parents(JdbcTemplate jdbc, Scan scan) {
        this.jdbc = jdbc;
        this.scan = scan;
    }

    /** The survivors that were not found to exist since {@code since}, with the requests that would be merged into them. */
    public List<Survivor> unchecked(Instant since, long upToId) {
        return scan.survivors(UNCHECKED, Map.of("since", since.atOffset(ZoneOffset.UTC), "upToId", upToId));
    }

    /** Writes that the survivors exist, so that a restart does not ask again. */
    public void found(List<ConversationId> survivors, Instant at) {
        List<Object[]> rows = survivors.stream()
                .map(survivor -> new Object[] {at.atOffset(ZoneOffset.UTC), survivor.value()})
                .toList();
        int[] again = jdbc.batchUpdate(FOUND_AGAIN, rows);
        List<Object[]> firstTime = IntStream.range(0, rows.size())
                .filter(i -> again[i] == 0)
                .mapToObj(rows::get)
                .toList();
        jdbc.batchUpdate(FOUND, firstTime);
    }

    /** Rejects the requests that would be merged into {@code survivor}. */
    public void reject(Survivor survivor, String reason, long executionId, Instant at) {
        OffsetDateTime now = at.atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate(
                REJECT,
                survivor.requestIds().stream()
                        .map(id -> new Object[] {reason, executionId, now, id})
                        .toList());
        jdbc.batchUpdate(
                Requests.LEAVE_PLAN,
                survivor.requestIds().stream().map(id -> new Object[] {id}).toList());
    }
}
