package com.convmerge.testing;

import com.convmerge.database.DatabaseTransactions;
import com.convmerge.database.FileWrites;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * One database and the objects that give access to it, with a connection pool like that of the program. A test need not close it,
 * because the pool soon closes idle connections.
 */
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 20;

    /** The tables that tests fill, in an order in which foreign keys allow their rows to be deleted. */
    private static final List<String> FILLED = List.of(
            "merge_run_problem",
            "merge_run",
            "merge_undo",
            "merge_retry",
            "merge_operation",
            "merge_plan",
            "merge_survivor",
            "merge_request",
            "merge_workspace",
            "merge_import");

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
        this.transactions = new DatabaseTransactions(dataSource, new FileWrites());
    }

    /** The same database, a server's, reached through a proxy; the schema is as it is. */
    public Database through(TcpProxy proxy) {
        URI server = URI.create(url().substring("jdbc:".length()));
        proxy.leadTo(server);
        return new Database("jdbc:postgresql://127.0.0.1:" + proxy.url().getPort() + server.getPath(), username());
    }

    /** The value of {@code spring.datasource.url}. */
    public String url() {
        return dataSource.getJdbcUrl();
    }

    /** The value of {@code spring.datasource.username}; the password is empty. */
    public String username() {
        return dataSource.getUsername();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** A client that takes part in {@link #transactions()}, as the client of the program does. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** A template for batch updates, which takes part in {@link #transactions()}. */
    public JdbcTemplate batches() {
        return new JdbcTemplate(dataSource);
    }

    /** The transaction manager; it is always the same one, as in the program. */
    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Migrates the schema to its newest version, as the program does at its start, and returns this object. */
    public Database migrate() {
        flyway();
        return this;
    }

    /** Migrates the schema to its newest version and returns what Flyway did. */
    public MigrateResult flyway() {
        return flyway("latest");
    }

    /** Migrates the schema to an older version, as an older program did, and returns this object. */
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

    /** Deletes the rows of the tables of convmerge, which takes less time than a new database for each test. */
    public void empty() {
        FILLED.forEach(table -> jdbc().sql("DELETE FROM " + table).update());
    }

    /**
     * Closes the connections. JUnit calls this after the first test that takes the database as a parameter, unless the test sets
     * {@code autoCloseArguments = false}.
     */
    @Override
    public void close() {
        dataSource.close();
    }
}
