package com.convmerge.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions whose time-out holds for the answers of PostgreSQL, too, and not only for its statements: a database that has
 * fallen silent never says that a statement was cancelled.
 *
 * <p>On H2 they have no time-out. There a time-out of a statement is one of its whole session, and would outlive the transaction.
 */
public final class DatabaseTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1;

    private final boolean isPostgres;
    private final transient FileWrites file;

    public DatabaseTransactions(HikariDataSource dataSource, FileWrites file) {
        super(dataSource);
        this.file = file;
        this.isPostgres = DatabaseUrl.Kind.POSTGRESQL.isOf(dataSource.getJdbcUrl());
    }

    @Override
    protected int determineTimeout(TransactionDefinition definition) {
        return isPostgres ? super.determineTimeout(definition) : TransactionDefinition.TIMEOUT_DEFAULT;
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (isPostgres) {
            super.doCommit(status);
        } else {
            file.undisturbed(() -> {
                super.doCommit(status);
                return status;
            });
        }
    }

    /**
     * Rolls back, unless the connection is gone, and the transaction with it. An exception about that would hide why the
     * connection was lost.
     */
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (TransactionException e) {
            if (!isGone(status)) {
                throw e;
            }
        }
    }

    private static boolean isGone(DefaultTransactionStatus status) {
        try {
            return ((JdbcTransactionObjectSupport) status.getTransaction())
                    .getConnectionHolder()
                    .getConnection()
                    .isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** The pool sets the time-out of the socket back when the connection returns to it. */
    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        int seconds = determineTimeout(definition);
        if (seconds > 0) {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(TimeUnit.SECONDS.toMillis(seconds + TimeLimits.MARGIN)));
        }
    }
}
