package com.convmerge.requests;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The requests that a run would take now; reads only. */
public final class Candidates {
    private static final String ALL = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, p.survivor_conversation_id, r.reason,
                   r.requested_by, r.external_ref
              FROM merge_request r
              LEFT JOIN merge_retry t ON t.request_id = r.id
              LEFT JOIN merge_plan p ON p.request_id = r.id
             WHERE r.status = 'PENDING' OR r.status = 'RETRY' AND t.next_attempt_at <= :now
             ORDER BY r.id
            """;

    private final JdbcClient jdbc;

    Candidates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A request as somebody wrote it.
     *
     * @param survivor as an earlier run found it; null if none did
     */
    public record Candidate(
            long id,
            String parent,
            String duplicate,
            @Nullable String survivor,
            @Nullable String reason,
            @Nullable String requestedBy,
            @Nullable String externalRef) {}

    /** New requests, and those of the retry table that are due at {@code now}, by id. */
    public List<Candidate> at(Instant now) {
        return jdbc.sql(ALL)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> candidate(row))
                .list();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                row.getLong("id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                row.getString("survivor_conversation_id"),
                row.getString("reason"),
                row.getString("requested_by"),
                row.getString("external_ref"));
    }
}
