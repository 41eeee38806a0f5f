package com.convmerge.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets one run at a time work on a database.
 *
 * <p>A lease in a table, renewed while the run lives, and not an advisory lock: behind a connection pooler that lends a
 * connection per transaction an advisory lock belongs to nobody in particular. Times are the database's, so that clocks of
 * two hosts do not matter. A lease that could not be renewed in time pulls the brake, since another run may hold it.
 */
public final class RunLock {
    /** How long a run that was killed holds others up, at most. */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private static final String TAKE = """
            UPDATE merge_run_lock
               SET owner = :owner, locked_at = CURRENT_TIMESTAMP, expires_at = CURRENT_TIMESTAMP + INTERVAL '20' SECOND
             WHERE id = 1 AND (owner IS NULL OR expires_at < CURRENT_TIMESTAMP OR owner = :gone)
            """;

    private static final String RENEW = """
            UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP + INTERVAL '20' SECOND
             WHERE id = 1 AND owner = :owner
            """;

    private static final String GIVE_BACK =
            "UPDATE merge_run_lock SET owner = NULL, locked_at = NULL, expires_at = NULL WHERE id = 1 AND owner = :owner";

    private static final String HOLDER =
            "SELECT owner FROM merge_run_lock WHERE id = 1 AND owner IS NOT NULL AND expires_at >= CURRENT_TIMESTAMP";

    private final JdbcClient jdbc;
    private final RunBrake brake;
    private final LockOwner me;
    private @Nullable ScheduledExecutorService renewal;
    private volatile long renewedAt;

    RunLock(JdbcClient jdbc, RunBrake brake, LockOwner me) {
        this.jdbc = jdbc;
        this.brake = brake;
        this.me = me;
    }

    /** Who works on this database, in words such as {@code pid 4711 on batch-1}; empty if nobody does. */
    public Optional<String> worker() {
        return holder().filter(owner -> !owner.isKnownGone()).map(LockOwner::told);
    }

    /** Who holds the lease, such as {@code pid 4711 on batch-1}; empty if nobody does. */
    Optional<LockOwner> holder() {
        return jdbc.sql(HOLDER).query(String.class).optional().map(LockOwner::parse);
    }

    /** Takes the lock unless somebody living holds it; true if it is ours now. */
    boolean take() {
        String gone =
                holder().filter(LockOwner::isKnownGone).map(LockOwner::text).orElse("");
        boolean taken =
                jdbc.sql(TAKE).param("owner", me.text()).param("gone", gone).update() == 1;
        if (taken) {
            renewedAt = System.nanoTime();
            startRenewing();
        }
        return taken;
    }

    /** Gives it back. */
    void giveBack() {
        if (renewal != null) {
            renewal.shutdownNow();
            renewal = null;
        }
        jdbc.sql(GIVE_BACK).param("owner", me.text()).update();
    }

    private void startRenewing() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "run-lock");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleAtFixedRate(this::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
        renewal = executor;
    }

    void renew() {
        try {
            if (jdbc.sql(RENEW).param("owner", me.text()).update() == 0) {
                brake.pull(RunBrake.Kind.FAILED, "the run lock was lost: another run took it over");
                return;
            }
            renewedAt = System.nanoTime();
        } catch (DataAccessException e) {
            Duration since = Duration.ofNanos(System.nanoTime() - renewedAt);
            if (since.compareTo(LEASE.minus(RENEWAL)) >= 0) {
                brake.pull(
                        RunBrake.Kind.FAILED,
                        "the run lock could not be renewed for " + since.toSeconds() + " s: " + Problems.oneLine(e));
            }
        }
    }
}
