package com.convmerge.requests;

import com.convmerge.merge.NewRequest;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Inserts the requests that the table does not have. A request is known by its external_ref or, without one, by its pair. Those
 * that were inserted earlier in the same transaction count as much as others.
 */
public final class NewRequests {
    // Both statements use subqueries in the SELECT and no join or IN: PostgreSQL has no statistics about what this
    // transaction
    // has inserted, and would read the whole table for each thousand rows.
    private static final String HOLDERS = """
            SELECT v.ref,
                   (SELECT id FROM merge_request WHERE external_ref = v.ref) AS id,
                   (SELECT parent_conversation_id FROM merge_request WHERE external_ref = v.ref) AS parent,
                   (SELECT duplicate_conversation_id FROM merge_request WHERE external_ref = v.ref) AS duplicate
              FROM UNNEST(CAST(? AS VARCHAR(255) ARRAY)) v(ref)
            """;

    private static final String PAIRS = """
            SELECT v.parent, v.duplicate,
                   (SELECT id FROM merge_request
                     WHERE duplicate_conversation_id = v.duplicate AND parent_conversation_id = v.parent
                       AND status <> 'UNDONE' LIMIT 1) AS id
              FROM UNNEST(CAST(? AS VARCHAR(255) ARRAY), CAST(? AS VARCHAR(255) ARRAY)) v(parent, duplicate)
            """;

    private static final String INSERT = """
            INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref,
                                       strategy, import_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;

    NewRequests(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An external_ref that stands for two different pairs.
     *
     * @param row which of the given rows has it, from 0
     * @param requestId the request in the table that has it for {@code holder}; null if one of the given rows does
     * @param earlierRow which of the given rows that is, from 0; null if it is in the table
     */
    public record Conflict(
            int row,
            NewRequest holder,
            @Nullable Long requestId,
            @Nullable Integer earlierRow) {}

    /**
     * Inserts what is missing. To be called within a transaction.
     *
     * @param rows a portion that fits into memory
     * @param importId the import that adds them; null if they come from elsewhere
     * @param conflicts takes each conflict; its row is not inserted
     * @return how many were missing
     * @throws org.springframework.dao.DuplicateKeyException if somebody else inserts the same external_ref at the same time
     */
    public int insertMissing(List<NewRequest> rows, @Nullable Long importId, List<Conflict> conflicts) {
        Map<String, Conflict> holders = holders(rows);
        Set<List<String>> pairs = pairsWithoutRef(rows);
        List<NewRequest> missing = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            NewRequest row = rows.get(i);
            String ref = row.externalRef();
            Conflict holder = ref == null ? null : holders.get(ref);
            if (holder != null && !holder.holder().isSamePairAs(row)) {
                conflicts.add(new Conflict(i, holder.holder(), holder.requestId(), holder.earlierRow()));
            } else if (ref == null ? !pairs.contains(pair(row)) : holder == null) {
                missing.add(row);
                pairs.add(pair(row));
                if (ref != null) {
                    holders.put(ref, new Conflict(i, row, null, i));
                }
            }
        }
        insert(missing, importId);
        return missing.size();
    }

    /** Which requests in the table have the external_refs of the rows. */
    private Map<String, Conflict> holders(List<NewRequest> rows) {
        Map<String, Conflict> holders = new HashMap<>();
        List<NewRequest> asked =
                rows.stream().filter(row -> row.externalRef() != null).toList();
        if (!asked.isEmpty()) {
            jdbc.query(HOLDERS, s -> setArray(s, 1, asked, NewRequest::externalRef), row -> {
                long id = row.getLong("id");
                if (!row.wasNull()) {
                    String ref = row.getString("ref");
                    NewRequest holder =
                            new NewRequest(row.getString("parent"), row.getString("duplicate"), null, null, ref);
                    holders.put(ref, new Conflict(0, holder, id, null));
                }
            });
        }
        return holders;
    }

    /** Which pairs of the rows without an external_ref are in the table. */
    private Set<List<String>> pairsWithoutRef(List<NewRequest> rows) {
        Set<List<String>> pairs = new HashSet<>();
        List<NewRequest> asked =
                rows.stream().filter(row -> row.externalRef() == null).toList();
        if (!asked.isEmpty()) {
            jdbc.query(
                    PAIRS,
                    s -> {
                        setArray(s, 1, asked, NewRequest::parent);
                        setArray(s, 2, asked, NewRequest::duplicate);
                    },
                    row -> {
                        if (row.getObject("id") != null) {
                            pairs.add(List.of(row.getString("parent"), row.getString("duplicate")));
                        }
                    });
        }
        return pairs;
    }

    private static List<String> pair(NewRequest row) {
        return List.of(row.parent(), row.duplicate());
    }

    private static void setArray(
            PreparedStatement statement, int index, List<NewRequest> rows, Function<NewRequest, @Nullable String> value)
            throws SQLException {
        Object[] values = rows.stream().map(value).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf("varchar", values));
    }

    private void insert(List<NewRequest> rows, @Nullable Long importId) {
        jdbc.batchUpdate(INSERT, rows, Math.max(1, rows.size()), (statement, row) -> {
            statement.setString(1, row.parent());
            statement.setString(2, row.duplicate());
            statement.setString(3, row.reason());
            statement.setString(4, row.requestedBy());
            statement.setString(5, row.externalRef());
            statement.setString(6, row.strategy());
            statement.setObject(7, importId, Types.BIGINT);
        });
    }
}
