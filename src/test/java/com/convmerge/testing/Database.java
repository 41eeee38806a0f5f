package com.convmerge.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * One database and the ways into it, pooled as the program's own are. Nobody has to close it: a pool keeps no idle
 * connection for long.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 20;

    /** What a test leaves behind, in the order that the references allow. */
    private static final List<String> FILLED = List.of(
            "merge_retry", "merge_operation", "merge_plan", "merge_survivor", "merge_request", "merge_workspace");

    private final HikariDataSource dataSource;
    private final PlatformTransactionManager transactions;

    Database(String url, String username) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        this.dataSource = new HikariDataSource(config);
        this.transactions = new JdbcTransactionManager(dataSource);
    }

    /** For {@code spring.datasource.url}. */
    public String url() {
        return dataSource.getJdbcUrl();
    }

    /** For {@code spring.datasource.username}; the password is empty. */
    public String username() {
        return dataSource.getUsername();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Takes part in {@link #transactions()}, as the program's does. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** For batches; takes part in {@link #transactions()}. */
    public JdbcTemplate batches() {
        return new JdbcTemplate(dataSource);
    }

    /** Always the same one, as in the program. */
    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Brings the schema to its newest state as the program does at its start, and returns this. */
    public Database migrate() {
        flyway();
        return this;
    }

    /** What {@link #migrate} did. */
    public MigrateResult flyway() {
        return flyway("latest");
    }

    /** Brings the schema to an older state, as an older program did. */
    public Database migrateTo(String version) {
        flyway(version);
        return this;
    }

    private MigrateResult flyway(String target) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:sql")
                .target(target)
                .load()
                .migrate();
    }

    /** Removes the rows of our tables; a new database for each test would take longer. */
    public void empty() {
        FILLED.forEach(table -> jdbc().sql("DELETE FROM " + table).update());
    }

    /**
     * Closes its connections. JUnit does so after the first test that has it as a parameter, unless that says {@code
     * autoCloseArguments = false}.
     */
    @Override
    public void close() {
        dataSource.close();
    }
}
