package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever a night does once for each request or each chunk finds its rows by an index, on both databases, so that a request takes no
 * longer in a large table than in a small one. The statements are not listed here: they are what the night has sent.
 */
class HotStatementsTest {
    private static final int EARLIER = 20_000;
    private static final int REQUESTS = 60;

    /** What is done more often than this is done for each request or chunk, and not once a step. */
    private static final int OFTEN = 6;

    /** PostgreSQL may plan a statement that is executed once a step in another way the second time. */
    private static final int A_FEW_SCANS = 3;

    private static final List<String> LARGE =
            List.of("MERGE_REQUEST", "MERGE_OPERATION", "MERGE_PLAN", "MERGE_SURVIVOR", "MERGE_RETRY");

    @Test
    void on_h2_no_statement_that_is_executed_often_scans_a_table() throws SQLException {
        Database database = Databases.h2();
        fill(database);
        database.jdbc().sql("SET QUERY_STATISTICS_MAX_ENTRIES 500").update();
        database.jdbc().sql("SET QUERY_STATISTICS TRUE").update();
        night(database, REQUESTS);

        List<String> often = database.jdbc()
                .sql("SELECT sql_statement FROM information_schema.query_statistics"
                        + " WHERE execution_count >= :often AND LOWER(sql_statement) LIKE '%merge%'")
                .param("often", OFTEN)
                .query(String.class)
                .list();
        database.jdbc().sql("SET QUERY_STATISTICS FALSE").update();
        assertThat(often)
                .anyMatch(sql -> sql.contains("INSERT INTO merge_operation"))
                .anyMatch(sql -> sql.contains("UPDATE merge_operation"))
                .anyMatch(sql -> sql.contains("UPDATE merge_request"))
                .anyMatch(sql -> sql.contains("FROM merge_plan"));
        try (Connection connection = database.dataSource().getConnection()) {
            for (String sql : often) {
                String plan = plan(connection, sql);
                LARGE.forEach(table -> assertThat(plan).doesNotContain("PUBLIC." + table + ".tableScan"));
            }
        }
    }

    @Test
    void on_postgresql_four_times_as_many_requests_read_no_more_rows_without_an_index() throws Exception {
        Database database = Databases.postgres();
        fill(database);
        Map<String, Long> before = rowsScanned(database);
        night(database, REQUESTS);
        Map<String, Long> one = rowsScanned(database);
        night(database, 4 * REQUESTS);
        Map<String, Long> two = rowsScanned(database);

        for (String table : one.keySet()) {
            long once = scanned(table, one) - scanned(table, before);
            assertThat(scanned(table, two) - scanned(table, one))
                    .as("rows of %s that %d requests have scanned; %d scanned %d", table, 4 * REQUESTS, REQUESTS, once)
                    .isLessThan(once + A_FEW_SCANS * EARLIER);
        }
    }

    private static long scanned(String table, Map<String, Long> rows) {
        return Objects.requireNonNull(rows.get(table));
    }

    private static void night(Database database, int requests) {
        try (BatchFixture night = BatchFixture.on(database)) {
            night.clock.advance(Duration.ofHours(requests));
            int first = (int) night.number("SELECT COUNT(*) FROM merge_request") * 10;
            for (int i = 0; i < requests; i++) {
                night.ask(first + i % 12 + 1, first + 100 + i);
            }
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.number("SELECT COUNT(*) FROM merge_request WHERE status = 'PENDING'"))
                    .isZero();
        }
    }

    /** A session writes its counts down when it ends, at the latest. */
    private static Map<String, Long> rowsScanned(Database database) {
        String others =
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE() AND application_name = 'convmerge'";
        while (database.jdbc().sql(others).query(Long.class).single() > 0) {
            Thread.onSpinWait();
        }
        return database
                .jdbc()
                .sql("SELECT relname, seq_tup_read FROM pg_stat_user_tables WHERE relname LIKE 'merge\\_%'")
                .query()
                .listOfRows()
                .stream()
                .filter(row -> LARGE.contains(String.valueOf(row.get("relname")).toUpperCase(Locale.ROOT)))
                .collect(Collectors.toMap(
                        row -> String.valueOf(row.get("relname")), row -> (Long) row.get("seq_tup_read")));
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setNull(i, Types.NULL);
            }
            try (ResultSet plan = statement.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }

    /** What earlier nights have left: merged requests with their operations, and a quarter that waits in the retry table. */
    private static void fill(Database database) {
        batch(
                database, """
                INSERT INTO merge_request (id, parent_conversation_id, duplicate_conversation_id, status,
                                           survivor_conversation_id, parent_note_key, job_execution_id)
                VALUES (?, ?, ?, ?, ?, ?, 1)
                """, i -> new Object[] {
                    i, survivor(i), duplicate(i), waits(i) ? "RETRY" : "MERGED", survivor(i), "p" + i % 4_000
                });
        for (String kind : List.of("NOTE", "TAG", "CLOSE")) {
            batch(database, """
                    INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, attempts,
                                                 first_sent_at, last_sent_at, job_execution_id)
                    VALUES (?, ?, ?, ?, 'DONE', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)
                    """, i -> new Object[] {kind + i, kind, i, duplicate(i)});
        }
        batch(
                database,
                "INSERT INTO merge_survivor (conversation_id, found_at) VALUES (?, CURRENT_TIMESTAMP)",
                i -> i < 4_000 ? new Object[] {survivor(i)} : null);
        batch(database, """
                INSERT INTO merge_retry (request_id, operation, failure_kind, attempts, first_failed_at, last_failed_at,
                                         next_attempt_at, job_execution_id)
                VALUES (?, 'CLOSE', 'NOT_SENT', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, DATE '2099-01-01', 1)
                """, i -> waits(i) ? new Object[] {i} : null);
        batch(database, """
                INSERT INTO merge_plan (request_id, partition_key, survivor_conversation_id, parent_conversation_id,
                                        duplicate_conversation_id)
                VALUES (?, ?, ?, ?, ?)
                """, i -> waits(i) ? new Object[] {i, i % 64, survivor(i), survivor(i), duplicate(i)} : null);
        database.jdbc()
                .sql("ALTER TABLE merge_request ALTER COLUMN id RESTART WITH " + EARLIER)
                .update();
    }

    private static boolean waits(int request) {
        return request % 4 == 0;
    }

    private static String survivor(int request) {
        return Integer.toString(1_000_000 + request % 4_000);
    }

    private static String duplicate(int request) {
        return Integer.toString(2_000_000 + request);
    }

    private static void batch(Database database, String sql, IntFunction<Object @Nullable []> row) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 1; i < EARLIER; i++) {
            Object[] values = row.apply(i);
            if (values != null) {
                rows.add(values);
            }
        }
        new TransactionTemplate(database.transactions())
                .executeWithoutResult(status -> database.batches().batchUpdate(sql, rows));
    }
}
