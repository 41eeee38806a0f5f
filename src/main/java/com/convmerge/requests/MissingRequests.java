package com.convmerge.requests;

import com.convmerge.merge.ConfigurationProblem;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds the rows of a file whose request is not in the table. Rows are known by their external_ref or, without one, by their
 * pair; those that were added before in the same transaction count as much as others.
 */
final class MissingRequests {
    private static final String LAST_ID = "SELECT COALESCE(MAX(id), 0) FROM merge_request";

    // Subqueries in the SELECT and no join or IN, in both: PostgreSQL has no statistics about what this transaction
    // added, and would read the whole table for each thousand rows.
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
                     WHERE duplicate_conversation_id = v.duplicate AND parent_conversation_id = v.parent LIMIT 1) AS id
              FROM UNNEST(CAST(? AS VARCHAR(255) ARRAY), CAST(? AS VARCHAR(255) ARRAY)) v(parent, duplicate)
            """;

    private static final String ADD = """
            INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref)
            VALUES (?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final String file;
    private final ImportErrors faults;
    private final long lastIdBefore;

    MissingRequests(JdbcTemplate jdbc, String file, ImportErrors faults) {
        this.jdbc = jdbc;
        this.file = file;
        this.faults = faults;
        this.lastIdBefore = Objects.requireNonNull(jdbc.queryForObject(LAST_ID, Long.class));
    }

    /** Returns how many were missing. An external_ref that another pair has is a fault; after a fault nothing is added. */
    int addMissing(List<CsvRow> rows) {
        Map<String, Holder> holders = holders(rows);
        Set<IdPair> pairs = pairs(rows);
        List<CsvRow> missing = new ArrayList<>();
        for (CsvRow row : rows) {
            IdPair pair = IdPair.of(row);
            String ref = row.externalRef();
            Holder holder = ref == null ? null : holders.get(ref);
            if (holder != null && !holder.pair().equals(pair)) {
                faults.add(row.line(), "external_ref " + ref + " stands for another pair: " + holder);
            } else if (ref == null ? !pairs.contains(pair) : holder == null) {
                missing.add(row);
                pairs.add(pair);
                if (ref != null) {
                    holders.put(ref, new Holder(pair, "line " + row.line()));
                }
            }
        }
        if (!faults.any()) {
            add(missing);
        }
        return missing.size();
    }

    /** Who has the external_refs of the rows. */
    private Map<String, Holder> holders(List<CsvRow> rows) {
        Map<String, Holder> holders = new HashMap<>();
        List<CsvRow> asked =
                rows.stream().filter(row -> row.externalRef() != null).toList();
        if (!asked.isEmpty()) {
            jdbc.query(HOLDERS, s -> set(s, 1, asked, CsvRow::externalRef), row -> {
                long id = row.getLong("id");
                if (!row.wasNull()) {
                    IdPair pair = new IdPair(row.getString("parent"), row.getString("duplicate"));
                    String where = id <= lastIdBefore ? "request " + id : "a line before";
                    holders.put(row.getString("ref"), new Holder(pair, where));
                }
            });
        }
        return holders;
    }

    /** Which pairs of the rows without an external_ref are in the table. */
    private Set<IdPair> pairs(List<CsvRow> rows) {
        Set<IdPair> pairs = new HashSet<>();
        List<CsvRow> asked =
                rows.stream().filter(row -> row.externalRef() == null).toList();
        if (!asked.isEmpty()) {
            jdbc.query(
                    PAIRS,
                    s -> {
                        set(s, 1, asked, CsvRow::parent);
                        set(s, 2, asked, CsvRow::duplicate);
                    },
                    row -> {
                        if (row.getObject("id") != null) {
                            pairs.add(new IdPair(row.getString("parent"), row.getString("duplicate")));
                        }
                    });
        }
        return pairs;
    }

    private static void set(
            PreparedStatement statement, int index, List<CsvRow> rows, Function<CsvRow, @Nullable String> value)
            throws SQLException {
        Object[] values = rows.stream().map(value).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf("varchar", values));
    }

    private void add(List<CsvRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            jdbc.batchUpdate(ADD, rows, rows.size(), (statement, row) -> {
                statement.setString(1, row.parent());
                statement.setString(2, row.duplicate());
                statement.setString(3, row.reason());
                statement.setString(4, row.requestedBy());
                statement.setString(5, row.externalRef());
            });
        } catch (DuplicateKeyException e) {
            throw new ConfigurationProblem("somebody else added requests of " + file
                    + " while it was being imported; nothing was added. Import it again");
        }
    }

    /** Both ids of a request, as they stand in the table. */
    private record IdPair(String parent, String duplicate) {
        static IdPair of(CsvRow row) {
            return new IdPair(row.parent(), row.duplicate());
        }
    }

    /** @param where for messages */
    private record Holder(IdPair pair, String where) {
        @Override
        public String toString() {
            return where + " has it for " + pair.duplicate() + " into " + pair.parent();
        }
    }
}
