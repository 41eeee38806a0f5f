package com.convmerge.ledger;

import com.convmerge.database.FileWrites;
import com.convmerge.merge.ConfigurationProblem;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts commits on the disk, so that a power cut does not take them back.
 *
 * <p>H2 hands a commit to the operating system and not to the disk, {@code WRITE_DELAY=0} or not (measured: 7 fsyncs in 200 merges,
 * and after a cut all of 336 notes were unknown). {@code CHECKPOINT SYNC} is its one way to the disk (H2 documentation,
 * "Commands"); it makes everything durable that was committed before. PostgreSQL does it in the commit itself, unless
 * {@code synchronous_commit} is off.
 */
public final class DurableCommits {
    private static final String CHECKPOINT = "CHECKPOINT SYNC";

    // A value that waits for more, such as remote_apply, stays.
    private static final String SYNCHRONOUS = """
            SELECT set_config('synchronous_commit', 'on', TRUE)
             WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
            """;

    /** H2's error code ADMIN_RIGHTS_REQUIRED. */
    private static final int ADMIN_RIGHTS_NEEDED = 90040;

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final FileWrites file;
    private volatile Database database = Database.UNKNOWN;

    private enum Database {
        UNKNOWN,
        H2,
        POSTGRESQL
    }

    DurableCommits(JdbcClient jdbc, JdbcTemplate connections, FileWrites file) {
        this.jdbc = jdbc;
        this.file = file;
        this.connections = connections;
    }

    /**
     * Does the work in a transaction of its own, and commits it.
     *
     * @param isDurable whether what came of it must be on the disk when this returns
     */
    <T> T committed(TransactionTemplate transaction, Supplier<T> work, Predicate<T> isDurable) {
        T done = Objects.requireNonNull(transaction.execute(status -> {
            if (database() == Database.POSTGRESQL) {
                jdbc.sql(SYNCHRONOUS).query(String.class).optional();
            }
            return work.get();
        }));
        if (isDurable.test(done)) {
            checkpoint();
        }
        return done;
    }

    /** Changes rows, while nobody else writes to the file. To be called in the transaction of {@link #committed}. */
    <T> T undisturbed(Supplier<T> changes) {
        return database() == Database.H2 ? file.undisturbed(changes::get) : changes.get();
    }

    private void checkpoint() {
        if (database() == Database.H2) {
            connections.execute(
                    (StatementCallback<Boolean>) statement -> file.undisturbed(() -> statement.execute(CHECKPOINT)));
        }
    }

    /**
     * What an operator should know about this database: settings under which a power cut takes back what was committed. Throws
     * {@link ConfigurationProblem} if nothing can be put on the disk at all.
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (database() == Database.H2) {
            checkH2();
        }
        if (database() == Database.POSTGRESQL) {
            warnIfOff(
                    "fsync",
                    "what is committed is not on the disk, so that after a power cut notes may be written twice",
                    warnings);
            warnIfOff("full_page_writes", "a power cut may destroy the database", warnings);
        }
        return warnings;
    }

    private void checkH2() {
        try {
            checkpoint();
        } catch (DataAccessException e) {
            if (!(e.getRootCause() instanceof SQLException refused) || refused.getErrorCode() != ADMIN_RIGHTS_NEEDED) {
                throw e;
            }
            throw new ConfigurationProblem("the H2 user "
                    + jdbc.sql("SELECT CURRENT_USER").query(String.class).single()
                    + " has no admin rights: without them what is committed cannot be put on the disk (CHECKPOINT SYNC)."
                    + " Use the user that created the database, or: ALTER USER … ADMIN TRUE");
        }
    }

    private void warnIfOff(String setting, String consequence, List<String> warnings) {
        String value = jdbc.sql("SELECT current_setting(:setting)")
                .param("setting", setting)
                .query(String.class)
                .single();
        if (value.equals("off")) {
            warnings.add("PostgreSQL runs with " + setting + "=off: " + consequence + ". Set it to on");
        }
    }

    private Database database() {
        if (database == Database.UNKNOWN) {
            String name = Objects.requireNonNull(connections.execute((ConnectionCallback<String>) connection -> {
                DatabaseMetaData about = connection.getMetaData();
                return about.getDatabaseProductName();
            }));
            database = name.equals("H2") ? Database.H2 : Database.POSTGRESQL;
        }
        return database;
    }
}
