package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.zaxxer.hikari.HikariDataSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL knows of the tables before a run goes through them. */
class StatisticsTest {
    private static final String ANALYZED = """
            SELECT relname FROM pg_stat_user_tables WHERE relname LIKE 'merge%' AND last_analyze IS NOT NULL ORDER BY 1
            """;

    @Test
    void a_request_is_changed_by_its_id_and_not_by_way_of_all_that_are_pending() {
        try (Database database = Databases.postgres()) {
            fill(database);

            refresh(database, database.username());

            assertThat(String.join(
                            "\n",
                            database.jdbc()
                                    .sql(
                                            "EXPLAIN UPDATE merge_request SET status = 'MERGED' WHERE id = 5 AND status IN ('PENDING')")
                                    .query(String.class)
                                    .list()))
                    .contains("Index Scan using merge_request_pkey");
        }
    }

    @Test
    void a_table_that_is_empty_is_left_alone_because_it_would_be_taken_for_empty_while_it_grows() {
        try (Database database = Databases.postgres()) {
            fill(database);

            refresh(database, database.username());

            assertThat(database.jdbc().sql(ANALYZED).query(String.class).list())
                    .contains("merge_request")
                    .doesNotContain("merge_operation", "merge_plan");
        }
    }

    @Test
    void a_user_who_does_not_own_the_tables_gets_no_error() {
        try (Database database = Databases.postgres()) {
            fill(database);
            database.jdbc().sql("CREATE ROLE guest_of_statistics LOGIN").update();

            refresh(database, "guest_of_statistics");

            assertThat(database.jdbc().sql(ANALYZED).query(String.class).list()).isEmpty();
        }
    }

    @Test
    void h2_keeps_its_own() {
        Database database = Databases.h2();
        fill(database);

        refresh(database, database.username());

        assertThat(database.jdbc()
                        .sql("SELECT COUNT(*) FROM merge_request")
                        .query(Long.class)
                        .single())
                .isEqualTo(2_000);
    }

    private static void refresh(Database database, String username) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.url().replaceFirst("user=[^&]*", "user=" + username));
            pool.setUsername(username);
            new Statistics(new JdbcTemplate(pool), pool).refresh();
        }
    }

    private static void fill(Database database) {
        database.batches()
                .batchUpdate(
                        "INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id) VALUES ('1', ?)",
                        IntStream.rangeClosed(1, 2_000)
                                .mapToObj(i -> new Object[] {Integer.toString(100 + i)})
                                .toList());
    }
}
