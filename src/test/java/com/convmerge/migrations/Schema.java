package com.convmerge.migrations;

import com.convmerge.testing.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes the tables of a database in terms that are the same for every kind of database. */
final class Schema {
    /** Maps a type name of one database to that of the other. The precision of timestamps, which differs, is not compared. */
    private static final Map<String, String> TYPES = Map.of(
            "character varying(1000000000)", "text",
            "timestamp", "timestamp without time zone");

    private static final String COLUMNS = """
            SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
                   CASE WHEN column_default IS NULL OR column_default = 'NULL' THEN '' ELSE ' with a default' END AS defaulted
              FROM information_schema.columns
             WHERE LOWER(table_name) LIKE :tables
             ORDER BY LOWER(table_name), LOWER(column_name)
            """;

    private static final String CONSTRAINTS = """
            SELECT LOWER(c.table_name) || ' ' || LOWER(c.constraint_type) || ' (' || LOWER(k.column_name) || ' ' || k.ordinal_position || ')'
              FROM information_schema.table_constraints c
              JOIN information_schema.key_column_usage k
                ON k.constraint_name = c.constraint_name AND k.table_name = c.table_name
             WHERE LOWER(c.table_name) LIKE :tables
             ORDER BY 1
            """;

    private static final String SEQUENCES = """
            SELECT LOWER(sequence_name) FROM information_schema.sequences
             WHERE LOWER(sequence_name) LIKE 'batch%seq' ORDER BY 1
            """;

    private final Database database;

    Schema(Database database) {
        this.database = database;
    }

    /** Each column of the tables that are LIKE {@code tables}, with its type and whether it may be null. */
    List<String> columns(String tables) {
        return database.jdbc()
                .sql(COLUMNS)
                .param("tables", tables)
                .query((row, n) ->
                        (row.getString("table_name") + "." + row.getString("column_name")).toLowerCase(Locale.ROOT)
                                + " "
                                + type(row.getString("data_type"), row.getLong("character_maximum_length"))
                                + ("NO".equals(row.getString("is_nullable")) ? " not null" : "")
                                + row.getString("defaulted"))
                .list();
    }

    private static String type(String name, long length) {
        String lower = name.toLowerCase(Locale.ROOT);
        String type = lower.startsWith("character") ? lower + "(" + length + ")" : lower;
        return TYPES.getOrDefault(type, type);
    }

    /** Each column of a primary, foreign or unique key. */
    List<String> keys(String tables) {
        return database.jdbc()
                .sql(CONSTRAINTS)
                .param("tables", tables)
                .query(String.class)
                .list();
    }

    /** The sequences of Spring Batch. */
    List<String> sequences() {
        return database.jdbc().sql(SEQUENCES).query(String.class).list();
    }
}
