package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.run.RunEnd;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TcpProxy;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a run sends to PostgreSQL must not depend on the session: a pooler such as PgBouncer in transaction mode gives each
 * transaction another one.
 */
class PoolerTest {
    /**
     * What lasts longer than a transaction, or binds to a session. The driver sets its own name and the digits of numbers, Flyway the
     * role that the user has already; for every client of a pooler's connection these are the same.
     */
    private static final Pattern BOUND_TO_A_SESSION = Pattern.compile(
            "\\bS_\\d+\\b|\\x00(SET (?!application_name|extra_float|ROLE)|LISTEN |PREPARE |CREATE (LOCAL )?TEMP)"
                    + "|pg_(try_)?advisory_lock|WITH HOLD",
            Pattern.CASE_INSENSITIVE);

    @Test
    void a_night_sends_nothing_that_binds_to_a_session() {
        Database direct = Databases.postgres();
        try (TcpProxy proxy = new TcpProxy();
                BatchFixture night = BatchFixture.on(
                        direct,
                        "spring.flyway.enabled=true",
                        "spring.datasource.url=" + direct.through(proxy).url())) {
            night.askMany(40);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 40L));
            String sent = proxy.sent();
            assertThat(sent.contains("UPDATE merge_request"))
                    .as("a run's statements")
                    .isTrue();
            assertThat(BOUND_TO_A_SESSION.matcher(sent).results().map(MatchResult::group))
                    .isEmpty();
        }
    }

    @Test
    void what_the_operator_sets_in_the_url_counts_more() {
        Database database = Databases.postgres();
        String url = database.url() + "&prepareThreshold=1";
        try (BatchFixture night = BatchFixture.on(database, "spring.datasource.url=" + url)) {
            HikariDataSource pool = night.part(HikariDataSource.class);
            assertThat(pool.getJdbcUrl()).contains("prepareThreshold=1");
            assertThat(preparedStatements(pool)).isPositive();
        }
        try (BatchFixture night = BatchFixture.on(database)) {
            HikariDataSource pool = night.part(HikariDataSource.class);
            assertThat(preparedStatements(pool)).isZero();
            assertThat(limits(pool)).as("of a statement, and of the socket").isEqualTo("60 s, 65000 ms");
        }
    }

    private static String limits(HikariDataSource pool) {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            return statement.getQueryTimeout() + " s, " + connection.getNetworkTimeout() + " ms";
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many named statements a connection has after it has executed the same one ten times. */
    private static int preparedStatements(HikariDataSource pool) {
        try (var connection = pool.getConnection();
                var statement =
                        connection.prepareStatement("SELECT COUNT(*) FROM pg_prepared_statements WHERE ? = 1")) {
            int count = 0;
            for (int time = 0; time < 10; time++) {
                statement.setInt(1, 1);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    count = rows.getInt(1);
                }
            }
            return count;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
