package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.PlannedNotes;
import com.convmerge.merge.Strategy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which requests a run applies. A request is applied as its row stands: one whose row was changed since its survivor was decided is
 * left alone until it is planned again.
 */
public final class PendingRequests {
    private static final Logger log = LoggerFactory.getLogger(PendingRequests.class);

    private static final String LAST_ID = "SELECT COALESCE(MAX(id), 0) FROM merge_request";

    private static final String SELECT = """
            SELECT r.id, r.parent_conversation_id, r.duplicate_conversation_id, p.survivor_conversation_id, r.reason,
                   r.requested_by, r.external_ref, r.strategy,
                   p.parent_conversation_id AS planned_parent, p.duplicate_conversation_id AS planned_duplicate
              FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
            """;

    // In the order of the index, or H2 reads the whole table for each page. Whether the row is as planned is compared
    // here: as a
    // condition it would make PostgreSQL expect a single row, and read the whole table for it.
    static final String PAGE = SELECT + """
             WHERE p.partition_key = :partitionKey AND p.request_id > :afterId AND p.request_id <= :upToId
               AND r.status = 'PENDING'
             ORDER BY p.partition_key, p.request_id LIMIT :limit
            """;

    private static final String OF = SELECT + " WHERE r.id IN (:ids) AND r.status = 'PENDING' ORDER BY r.id";

    private static final String COUNT = """
            SELECT COUNT(*) FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
            """;

    private static final String COUNT_CHANGED = COUNT + """
               AND (r.parent_conversation_id <> p.parent_conversation_id
                    OR r.duplicate_conversation_id <> p.duplicate_conversation_id)
            """;

    private static final String BY_STRATEGY = """
            SELECT r.strategy, COUNT(*) AS requests FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
             WHERE r.status = 'PENDING' AND p.request_id <= :upToId
             GROUP BY r.strategy
            """;

    private static final String PLANNED_NOTES = """
            SELECT COALESCE(SUM(s.merges), 0) AS duplicates, COUNT(*) AS parents,
                   COALESCE(SUM(CEIL(s.merges / CAST(:inANote AS DOUBLE PRECISION))), 0) AS notes
              FROM (SELECT COUNT(*) AS merges FROM merge_plan p JOIN merge_request r ON r.id = p.request_id
                     WHERE r.status = 'PENDING' AND p.request_id <= :upToId
                     GROUP BY p.survivor_conversation_id) s
            """;

    private static final String AS_READ = """
            SELECT strategy FROM merge_request
             WHERE id = :id AND status = 'PENDING' AND parent_conversation_id = :parent
               AND duplicate_conversation_id = :duplicate
            """;

    private final JdbcClient jdbc;

    PendingRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The highest id there is; 0 for an empty table. A run takes no request that came after it began. */
    public long lastId() {
        return jdbc.sql(LAST_ID).query(Long.class).single();
    }

    /** How many requests up to {@code upToId} are to be applied. */
    public long count(long upToId) {
        return jdbc.sql(COUNT).param("upToId", upToId).query(Long.class).single();
    }

    /** How many requests up to {@code upToId} are left alone, because their rows were changed after they were planned. */
    public long countChanged(long upToId) {
        return jdbc.sql(COUNT_CHANGED).param("upToId", upToId).query(Long.class).single();
    }

    /** How many requests up to {@code upToId} are to be merged by Intercom's own merge, where the settings say {@code otherwise}. */
    public long countNative(long upToId, Strategy otherwise) {
        return jdbc
                .sql(BY_STRATEGY)
                .param("upToId", upToId)
                .query((row, n) -> new Counted(Strategy.of(strategy(row)).orElse(otherwise), row.getLong("requests")))
                .list()
                .stream()
                .filter(counted -> counted.strategy().isNative())
                .mapToLong(Counted::requests)
                .sum();
    }

    private record Counted(Strategy strategy, long requests) {}

    /**
     * How many notes a run writes at most for the requests up to {@code upToId}.
     *
     * @param mergesInANote how many merges a note on a survivor lists at most
     * @param untold how many survivors are to be told of what earlier runs have merged
     */
    public PlannedNotes plannedNotes(long upToId, int mergesInANote, long untold) {
        return jdbc.sql(PLANNED_NOTES)
                .param("upToId", upToId)
                .param("inANote", mergesInANote)
                .query((row, n) -> new PlannedNotes(
                        row.getLong("duplicates"), row.getLong("parents"), row.getLong("notes"), untold))
                .single();
    }

    /** The next requests of a partition to apply, by id. The rows say what a restart must do; no position is saved. */
    public List<MergeRequest> page(int partitionKey, long afterId, long upToId, int limit) {
        long after = afterId;
        while (true) {
            List<Row> rows = jdbc.sql(PAGE)
                    .param("partitionKey", partitionKey)
                    .param("afterId", after)
                    .param("upToId", upToId)
                    .param("limit", limit)
                    .query((row, n) -> row(row))
                    .list();
            List<MergeRequest> asPlanned = asPlanned(rows);
            if (rows.isEmpty() || !asPlanned.isEmpty()) {
                return asPlanned;
            }
            after = rows.get(rows.size() - 1).id();
        }
    }

    /** Those of the requests that are still to be applied. */
    public List<MergeRequest> of(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : asPlanned(jdbc.sql(OF)
                        .param("ids", ids)
                        .query((row, n) -> row(row))
                        .list());
    }

    /** @param request empty if the row is not as it was when it was planned */
    private record Row(long id, Optional<MergeRequest> request) {}

    private static Row row(ResultSet row) throws SQLException {
        boolean isAsPlanned = row.getString("parent_conversation_id").equals(row.getString("planned_parent"))
                && row.getString("duplicate_conversation_id").equals(row.getString("planned_duplicate"))
                && Strategy.fault(strategy(row)).isEmpty();
        return new Row(row.getLong("id"), isAsPlanned ? request(row) : Optional.empty());
    }

    private static String strategy(ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(row.getString("strategy"), "");
    }

    private static List<MergeRequest> asPlanned(List<Row> rows) {
        return rows.stream().flatMap(row -> row.request().stream()).toList();
    }

    /** Whether the row of {@code request} still asks for what was read; asked before anything is sent for it. */
    public boolean isAsRead(MergeRequest request) {
        return jdbc
                .sql(AS_READ)
                .param("id", request.id())
                .param("parent", request.parent().value())
                .param("duplicate", request.duplicate().value())
                .query((row, n) -> strategy(row))
                .list()
                .stream()
                .anyMatch(now -> Strategy.fault(now).isEmpty()
                        && Objects.equals(Strategy.of(now).orElse(null), request.strategy()));
    }

    /**
     * A row as a request. Somebody may have changed it by hand: a parent that is no conversation id any more does not matter where
     * the survivor is known; for a duplicate or a survivor that is none, the row is named in a warning and there is no request.
     */
    static Optional<MergeRequest> request(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        String duplicate = row.getString("duplicate_conversation_id");
        String survivor = row.getString("survivor_conversation_id");
        Optional<String> fault = ConversationId.fault(duplicate)
                .map(why -> "duplicate_conversation_id " + why)
                .or(() -> ConversationId.fault(survivor).map(why -> "survivor_conversation_id " + why));
        if (fault.isPresent()) {
            log.warn("request {}: its row was changed: {}; it is left out", id, fault.get());
            return Optional.empty();
        }
        String parent = row.getString("parent_conversation_id");
        return Optional.of(new MergeRequest(
                id,
                new ConversationId(ConversationId.fault(parent).isPresent() ? survivor : parent),
                new ConversationId(duplicate),
                new ConversationId(survivor),
                row.getString("reason"),
                row.getString("requested_by"),
                row.getString("external_ref"),
                Strategy.of(strategy(row)).orElse(null)));
    }
}
