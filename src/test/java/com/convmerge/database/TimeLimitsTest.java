package com.convmerge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.convmerge.report.ErrorMessages;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TcpProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** How long the program waits for a database that does not answer, or not yet. */
class TimeLimitsTest {
    private static final String UPDATE = "UPDATE merge_run_lock SET step = 'x'";

    @Test
    void a_lock_of_a_dead_hosts_session_ends_a_statement_and_the_message_says_so() throws SQLException {
        Database database = Databases.postgres();
        try (Connection dead = database.dataSource().getConnection();
                Statement statement = dead.createStatement()) {
            dead.setAutoCommit(false);
            statement.executeUpdate(UPDATE);

            Throwable thrown = catchThrowable(() -> within(1, database)
                    .executeWithoutResult(status -> database.jdbc().sql(UPDATE).update()));

            assertThat(ErrorMessages.oneLine(thrown))
                    .startsWith("the database does not work: a statement was cancelled, because it took too long or")
                    .contains("perhaps another session holds a lock on its rows");
            dead.rollback();
        }
    }

    @Test
    void on_h2_a_lock_ends_a_statement_whatever_the_time_limit_is() throws SQLException {
        Database database = Databases.h2();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate(UPDATE);
            database.jdbc().sql("SET DEFAULT_LOCK_TIMEOUT 100").update();

            assertThatThrownBy(() -> within(1, database).executeWithoutResult(status -> {
                        database.jdbc().sql("SET LOCK_TIMEOUT 100").update();
                        database.jdbc().sql(UPDATE).update();
                    }))
                    .hasMessageContaining("Timeout trying to lock table");
            other.rollback();
        }
    }

    @Test
    void a_database_that_has_fallen_silent_ends_a_statement_soon_after_its_time() {
        try (TcpProxy proxy = new TcpProxy();
                Database database = Databases.postgres().through(proxy)) {
            TransactionTemplate transaction = within(1, database);

            Throwable thrown = catchThrowable(() -> transaction.executeWithoutResult(status -> {
                database.jdbc().sql("SELECT 1").query(Long.class).single();
                proxy.fallSilent();
                database.jdbc().sql("SELECT 1").query(Long.class).single();
            }));

            assertThat(ErrorMessages.oneLine(thrown))
                    .isEqualTo("the database does not work: it does not answer (Read timed out)");
        }
    }

    @Test
    void the_limit_of_a_transaction_ends_with_it() {
        Database database = Databases.postgres();

        assertThat(within(30, database).<Integer>execute(status -> networkTimeout(database)))
                .isEqualTo(Math.toIntExact(
                        Duration.ofSeconds(30 + TimeLimits.MARGIN).toMillis()));

        assertThat(new TransactionTemplate(database.transactions())
                        .<Integer>execute(status -> networkTimeout(database)))
                .isZero();
    }

    private static TransactionTemplate within(int seconds, Database database) {
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        transaction.setTimeout(seconds);
        return transaction;
    }

    private static int networkTimeout(Database database) {
        try {
            return DataSourceUtils.getConnection(database.dataSource()).getNetworkTimeout();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
