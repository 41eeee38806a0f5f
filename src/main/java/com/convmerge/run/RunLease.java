package com.convmerge.run;

import com.convmerge.merge.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

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
                   stop_requested = FALSE, step = NULL, requests_total = NULL, requests_done = NULL, calls_used = NULL,
                   calls_granted = NULL
             WHERE id = 1 AND (owner IS NULL OR expires_at < CURRENT_TIMESTAMP OR owner = :gone)
            """;

    private static final String RENEW = """
            UPDATE merge_run_lock
               SET expires_at = CURRENT_TIMESTAMP + INTERVAL '20' SECOND, step = :step, requests_total = :total,
                   requests_done = :done, calls_used = :callsUsed, calls_granted = :callsGranted
             WHERE id = 1 AND owner = :owner
            """;

    private static final String GIVE_BACK = """
            UPDATE merge_run_lock SET owner = NULL, locked_at = NULL, expires_at = NULL, stop_requested = FALSE
             WHERE id = 1 AND owner = :owner
            """;

    private static final String READ = """
            SELECT owner, locked_at, CURRENT_TIMESTAMP AS read_at, stop_requested, step, requests_total, requests_done,
                   calls_used, calls_granted
              FROM merge_run_lock WHERE id = 1 AND owner IS NOT NULL AND expires_at >= CURRENT_TIMESTAMP
            """;

    private static final String REQUEST_STOP =
            "UPDATE merge_run_lock SET stop_requested = TRUE WHERE id = 1 AND owner IS NOT NULL";

    private static final String IS_STOP_REQUESTED = "SELECT stop_requested FROM merge_run_lock WHERE id = 1";

    private final JdbcClient jdbc;
    private final LeaseOwner me;

    RunLease(JdbcClient jdbc, LeaseOwner me) {
        this.jdbc = jdbc;
        this.me = me;
    }

    /** The run that works on this database now; empty if none does. */
    public Optional<RunStatus> underWay() {
        return jdbc.sql(READ).query((row, n) -> underWay(row)).optional().filter(run -> !run.owner()
                .isKnownGone());
    }

    /** Asks the run under way to stop; false if there is none. */
    public boolean requestStop() {
        return underWay().isPresent() && jdbc.sql(REQUEST_STOP).update() == 1;
    }

    /** Takes the lease unless a living program holds it; true if it is ours now. */
    boolean take() {
        String gone = jdbc.sql(READ)
                .query((row, n) -> underWay(row).owner())
                .optional()
                .filter(LeaseOwner::isKnownGone)
                .map(LeaseOwner::text)
                .orElse("");
        return jdbc.sql(TAKE).param("owner", me.text()).param("gone", gone).update() == 1;
    }

    /** Renews the lease and writes how far the run is; false if somebody else has taken it over. */
    boolean renew(Progress progress, long callsUsed, long callsGranted) {
        return jdbc.sql(RENEW)
                        .param("owner", me.text())
                        .param("step", progress.step())
                        .param("total", progress.total())
                        .param("done", progress.done())
                        .param("callsUsed", callsUsed)
                        .param("callsGranted", callsGranted)
                        .update()
                == 1;
    }

    boolean isStopRequested() {
        return jdbc.sql(IS_STOP_REQUESTED).query(Boolean.class).single();
    }

    /** Gives the lease back. */
    void giveBack() {
        jdbc.sql(GIVE_BACK).param("owner", me.text()).update();
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
                row.getLong("calls_used"),
                row.getLong("calls_granted"));
    }
}
