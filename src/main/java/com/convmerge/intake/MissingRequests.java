package com.convmerge.intake;

import com.convmerge.merge.ConfigurationProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds the rows of a file whose request is not in the table. Rows are known by their external_ref or, without one, by their
 * pair; those that were added before in the same transaction count as much as others.
 */
final class MissingRequests {
    private static final String LAST_ID = "SELECT COALESCE(MAX(id), 0) FROM merge_request";

    private static final String WITH_REFS = """
            SELECT id, parent_conversation_id, duplicate_conversation_id, external_ref
              FROM merge_request
             WHERE external_ref IN (:refs)
            """;

    private static final String WITH_DUPLICATES = """
            SELECT DISTINCT parent_conversation_id, duplicate_conversation_id
              FROM merge_request
             WHERE duplicate_conversation_id IN (:duplicates)
            """;

    private static final String ADD = """
            INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id, reason, requested_by, external_ref)
            VALUES (?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;
    private final String file;
    private final Faults faults;
    private final long lastIdBefore;

    MissingRequests(JdbcTemplate jdbc, String file, Faults faults) {
        this.batches = jdbc;
        this.jdbc = JdbcClient.create(jdbc);
        this.file = file;
        this.faults = faults;
        this.lastIdBefore = this.jdbc.sql(LAST_ID).query(Long.class).single();
    }

    /** Returns how many were missing. An external_ref that another pair has is a fault; after a fault nothing is added. */
    int addMissing(List<CsvRow> rows) {
        Map<String, Holder> holders = holders(rows);
        Set<IdPair> pairs = pairs(rows);
        List<CsvRow> missing = new ArrayList<>();
        for (CsvRow row : rows) {
            IdPair pair = new IdPair(row.parent(), row.duplicate());
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
        List<String> refs =
                rows.stream().map(CsvRow::externalRef).filter(Objects::nonNull).toList();
        if (!refs.isEmpty()) {
            jdbc.sql(WITH_REFS).param("refs", refs).query(row -> {
                long id = row.getLong("id");
                holders.put(
                        row.getString("external_ref"),
                        new Holder(
                                new IdPair(
                                        row.getString("parent_conversation_id"),
                                        row.getString("duplicate_conversation_id")),
                                id <= lastIdBefore ? "request " + id : "a line before"));
            });
        }
        return holders;
    }

    /** The pairs in the table that the rows without an external_ref could be. */
    private Set<IdPair> pairs(List<CsvRow> rows) {
        Set<IdPair> pairs = new HashSet<>();
        Set<IdPair> asked = new HashSet<>();
        List<String> duplicates = new ArrayList<>();
        for (CsvRow row : rows) {
            if (row.externalRef() == null && asked.add(new IdPair(row.parent(), row.duplicate()))) {
                duplicates.add(row.duplicate());
            }
        }
        if (!duplicates.isEmpty()) {
            jdbc.sql(WITH_DUPLICATES).param("duplicates", duplicates).query(row -> {
                IdPair pair =
                        new IdPair(row.getString("parent_conversation_id"), row.getString("duplicate_conversation_id"));
                if (asked.contains(pair)) {
                    pairs.add(pair);
                }
            });
        }
        return pairs;
    }

    private void add(List<CsvRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            batches.batchUpdate(ADD, rows, rows.size(), (statement, row) -> {
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
    private record IdPair(String parent, String duplicate) {}

    /** @param where for messages */
    private record Holder(IdPair pair, String where) {
        @Override
        public String toString() {
            return where + " has it for " + pair.duplicate() + " into " + pair.parent();
        }
    }
}
