package com.convmerge.requests;

import com.convmerge.merge.ImportEntry;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.RequestStatus;
import com.convmerge.merge.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** The imports, and what became of the requests that each has added. Each method is part of its caller's transaction. */
public final class Imports {
    private static final int LONGEST_NAME = 254;
    private static final int DELETED_AT_ONCE = 1_000;

    private static final String BEGIN = """
            INSERT INTO merge_import (file_name, imported_at, added, already_there) VALUES (:fileName, :now, 0, 0)
            """;

    private static final String END = """
            UPDATE merge_import SET added = :added, already_there = :alreadyThere, app_id_code = :appIdCode WHERE id = :id
            """;

    private static final String SELECT = """
            SELECT id, file_name, imported_at, added, already_there, undone_at, taken_back FROM merge_import
            """;

    private static final String COUNTS = """
            SELECT import_id, status, COUNT(*) AS requests FROM merge_request
             WHERE import_id IS NOT NULL GROUP BY import_id, status
            """;

    private static final String LOCK = "SELECT id FROM merge_import WHERE id = :id FOR UPDATE";

    private static final String LOCK_REQUESTS =
            "SELECT id, status FROM merge_request WHERE import_id = :id ORDER BY id FOR UPDATE";

    private static final String DELETE =
            "DELETE FROM merge_request WHERE id = ? AND import_id = ? AND status <> 'MERGED'";

    private static final String UNDONE = """
            UPDATE merge_import SET undone_at = :now, taken_back = :takenBack WHERE id = :id AND undone_at IS NULL
            """;

    private static final String OF_A_WORKSPACE = """
            SELECT id, app_id_code FROM merge_import i
             WHERE app_id_code IS NOT NULL AND EXISTS (SELECT 1 FROM merge_request r WHERE r.import_id = i.id)
             ORDER BY id LIMIT 1
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Clock clock;

    Imports(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /** An import whose links lead into a workspace, and whose requests are there. */
    public record IntoWorkspace(long importId, String appIdCode) {}

    /** Gives the import of a file its number. */
    public long begin(String fileName) {
        GeneratedKeyHolder id = new GeneratedKeyHolder();
        jdbc.sql(BEGIN)
                .param("fileName", OneLine.exact(fileName, LONGEST_NAME))
                .param("now", SqlTime.utc(clock.instant()))
                .update(id, "id");
        return Objects.requireNonNull(id.getKeyAs(Long.class));
    }

    /** @param appIdCode the workspace that the file's links lead into; null if it had none */
    public void end(long id, long added, long alreadyThere, @Nullable String appIdCode) {
        jdbc.sql(END)
                .param("added", added)
                .param("alreadyThere", alreadyThere)
                .param("appIdCode", appIdCode)
                .param("id", id)
                .update();
    }

    /** All imports, the newest first. */
    public List<ImportEntry> all() {
        Map<Long, Map<RequestStatus, Long>> counts = new HashMap<>();
        jdbc.sql(COUNTS).query(row -> {
            counts.computeIfAbsent(row.getLong("import_id"), id -> new EnumMap<>(RequestStatus.class))
                    .put(RequestStatus.valueOf(row.getString("status")), row.getLong("requests"));
        });
        return jdbc.sql(SELECT + " ORDER BY id DESC")
                .query((row, n) -> entry(row, counts.getOrDefault(row.getLong("id"), Map.of())))
                .list();
    }

    /** An import that there is, without the counts of its requests. */
    public ImportEntry of(long id) {
        return jdbc.sql(SELECT + " WHERE id = :id")
                .param("id", id)
                .query((row, n) -> entry(row, Map.of()))
                .single();
    }

    private static ImportEntry entry(ResultSet row, Map<RequestStatus, Long> requests) throws SQLException {
        return new ImportEntry(
                row.getLong("id"),
                row.getString("file_name"),
                SqlTime.instant(row, "imported_at"),
                row.getLong("added"),
                row.getLong("already_there"),
                SqlTime.nullable(row, "undone_at"),
                row.getObject("taken_back", Long.class),
                requests);
    }

    /** Holds an import against anybody else who would take it back; false if there is no such import. */
    public boolean lock(long id) {
        return jdbc.sql(LOCK).param("id", id).query(Long.class).optional().isPresent();
    }

    /** The requests that an import has added and where they stand, held as they are until the transaction ends. */
    public Map<Long, RequestStatus> lockRequestsOf(long id) {
        Map<Long, RequestStatus> found = new LinkedHashMap<>();
        jdbc.sql(LOCK_REQUESTS).param("id", id).query(row -> {
            found.put(row.getLong("id"), RequestStatus.valueOf(row.getString("status")));
        });
        return found;
    }

    /**
     * Deletes requests of an import that are not merged, and writes down that it was taken back. Throws
     * {@link org.springframework.dao.DataIntegrityViolationException} if one of them has been begun meanwhile.
     *
     * @return how many were deleted
     */
    public long takeBack(long id, List<Long> requestIds) {
        long deleted = 0;
        for (int from = 0; from < requestIds.size(); from += DELETED_AT_ONCE) {
            List<Object[]> rows = requestIds.subList(from, Math.min(from + DELETED_AT_ONCE, requestIds.size())).stream()
                    .map(request -> new Object[] {request, id})
                    .toList();
            for (int count : batches.batchUpdate(DELETE, rows)) {
                deleted += count;
            }
        }
        jdbc.sql(UNDONE)
                .param("now", SqlTime.utc(clock.instant()))
                .param("takenBack", deleted)
                .param("id", id)
                .update();
        return deleted;
    }

    /** The first import whose links lead into a workspace; empty if there is none, or if nothing of it is left. */
    public Optional<IntoWorkspace> intoWorkspace() {
        return jdbc.sql(OF_A_WORKSPACE)
                .query((row, n) -> new IntoWorkspace(row.getLong("id"), row.getString("app_id_code")))
                .optional();
    }
}
