package com.convmerge.run;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one run at a time work on a database, and shows others who it is and how far it is.
 *
 * <p>It is a lease in a table that is renewed while the run lives, and not an advisory lock: behind a connection pooler that lends
 * a connection for each transaction, an advisory lock belongs to no particular program. Times are the database's, so differences
 * between the clocks of two hosts do not matter.
 */
public final class RunLease {
    /** The length of the lease: how long a run that was killed on another host blocks the next one. */
    static final Duration LENGTH = Duration.ofSeconds(20);

    private static final String TAKE = """
            UPDATE merge_run_lock
               SET owner = :owner, locked_at = CURRENT_TIMESTAMP, expires_at = CURRENT_TIMESTAMP + INTERVAL '20' SECOND,
                   stop_requested = FALSE, step = NULL, requests_total = NULL, requests_done = NULL,
                   requests_in_doubt = NULL, waits_until = NULL, calls_used = NULL, calls_granted = NULL,
                   parents_total = NULL, parents_done = NULL
             WHERE id = 1 AND (owner IS NULL OR expires_at < CURRENT_TIMESTAMP OR owner = :gone)
            """;

    private static final String RENEW = """
            UPDATE merge_run_lock
               SET expires_at = CURRENT_TIMESTAMP + INTERVAL '20' SECOND, step = :step, requests_total = :total,
                   requests_done = :done, requests_in_doubt = :inDoubt, waits_until = :waitsUntil,
                   calls_used = :callsUsed, calls_granted = :callsGranted,
                   parents_total = :parentsTotal, parents_done = :parentsDone
             WHERE id = 1 AND owner = :owner
            """;

    // The row may have been deleted by hand. Whoever puts it back holds the lease, and nobody else can.
    private static final String PUT_BACK = """
            INSERT INTO merge_run_lock (id, owner, locked_at, expires_at)
            SELECT 1, :owner, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP + INTERVAL '20' SECOND
             WHERE NOT EXISTS (SELECT 1 FROM merge_run_lock WHERE id = 1)
            """;

    private static final String IS_OURS = "SELECT COUNT(*) FROM merge_run_lock WHERE id = 1 AND owner = :owner";

    private static final String GIVE_BACK = """
            UPDATE merge_run_lock SET owner = NULL, locked_at = NULL, expires_at = NULL, stop_requested = FALSE
             WHERE id = 1 AND owner = :owner
            """;

    private static final String READ = """
            SELECT owner, locked_at, CURRENT_TIMESTAMP AS read_at, stop_requested, step, requests_total, requests_done,
                   requests_in_doubt, waits_until, calls_used, calls_granted, parents_total, parents_done
              FROM merge_run_lock WHERE id = 1 AND owner IS NOT NULL AND expires_at >= CURRENT_TIMESTAMP
            """;

    private static final String REQUEST_STOP =
            "UPDATE merge_run_lock SET stop_requested = TRUE WHERE id = 1 AND owner IS NOT NULL";

    private static final String IS_STOP_REQUESTED = "SELECT stop_requested FROM merge_run_lock WHERE id = 1";

    private final JdbcClient jdbc;
    private final TransactionTemplate soon;
    private final LeaseOwner me;

    RunLease(JdbcClient jdbc, PlatformTransactionManager transactions, LeaseOwner me) {
        this.jdbc = jdbc;
        this.me = me;
        this.soon = new TransactionTemplate(transactions);
        this.soon.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.soon.setTimeout(TimeLimits.LEASE);
    }

    /** The run that works on this database now; empty if none does. */
    public Optional<RunStatus> underWay() {
        return read().filter(run -> !run.owner().isKnownGone());
    }

    /** Asks the run under way to stop; false if there is none. */
    public boolean requestStop() {
        return underWay().isPresent() && soon(() -> jdbc.sql(REQUEST_STOP).update()) == 1;
    }

    /** Takes the lease unless a living program holds it; true if it is ours now. */
    boolean take() {
        String gone = read().map(RunStatus::owner)
                .filter(LeaseOwner::isKnownGone)
                .map(LeaseOwner::text)
                .orElse("");
        int taken = soon(() ->
                jdbc.sql(TAKE).param("owner", me.text()).param("gone", gone).update());
        return taken == 1 || putBack();
    }

    private Optional<RunStatus> read() {
        return soon(() -> jdbc.sql(READ).query((row, n) -> underWay(row)).optional());
    }

    /** Does work that has an answer soon, or else throws: who waits for long no longer has the lease. */
    private <T> T soon(Supplier<T> work) {
        return Objects.requireNonNull(soon.execute(status -> work.get()));
    }

    private boolean putBack() {
        try {
            return soon(() -> jdbc.sql(PUT_BACK).param("owner", me.text()).update()) == 1;
        } catch (DuplicateKeyException e) {
            // Another program was faster.
            return false;
        }
    }

    /** Whether the lease is ours, as the database says in the caller's transaction, and by no clock. */
    boolean isOurs() {
        return jdbc.sql(IS_OURS).param("owner", me.text()).query(Long.class).single() == 1;
    }

    /** Renews the lease and writes how far the run is; false if somebody else has taken it over. */
    boolean renew(Progress progress, long callsUsed, long callsGranted) {
        int renewed = soon(() -> jdbc.sql(RENEW)
                .param("owner", me.text())
                .param("step", progress.step())
                .param("total", Math.max(0, progress.total() - progress.rejectedAtOnce()))
                .param("done", Math.max(0, progress.done() - progress.rejectedAtOnce()))
                .param("inDoubt", progress.inDoubt())
                .param("waitsUntil", progress.waitsUntil() == null ? null : SqlTime.utc(progress.waitsUntil()))
                .param("callsUsed", callsUsed)
                .param("callsGranted", callsGranted)
                .param("parentsTotal", progress.parentsTotal())
                .param("parentsDone", progress.parentsDone())
                .update());
        // Another thread may have put it back at the same moment.
        return renewed == 1 || putBack() || soon(this::isOurs);
    }

    boolean isStopRequested() {
        return soon(() ->
                jdbc.sql(IS_STOP_REQUESTED).query(Boolean.class).optional().orElse(false));
    }

    /** Gives the lease back. */
    void giveBack() {
        soon(() -> jdbc.sql(GIVE_BACK).param("owner", me.text()).update());
    }

    private static RunStatus underWay(ResultSet row) throws SQLException {
        return new RunStatus(
                LeaseOwner.parse(row.getString("owner")),
                SqlTime.instant(row, "locked_at"),
                SqlTime.instant(row, "read_at"),
                row.getBoolean("stop_requested"),
                row.getString("step"),
                row.getLong("requests_total"),
                row.getLong("requests_done"),
                row.getLong("requests_in_doubt"),
                SqlTime.nullable(row, "waits_until"),
                row.getLong("calls_used"),
                row.getLong("calls_granted"),
                row.getLong("parents_total"),
                row.getLong("parents_done"));
    }
}
