package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.testing.Database;
import com.convmerge.testing.TestClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base class of tests on the keeper of a lease. The tests call the periodic methods of the keeper themselves instead of waiting for
 * a timer.
 */
abstract class LeaseKeeperOnDatabase {
    final Database database;
    final TestClock clock = new TestClock();
    final RunLease lease;
    final RunCancellation cancellation = new RunCancellation();
    final List<String> cutOff = new CopyOnWriteArrayList<>();
    Progress progress = new Progress(0, "starting", 0, 0, 0, 0, null);

    LeaseKeeperOnDatabase(Database database) {
        this.database = database;
        this.lease = new RunLease(database.jdbc(), database.transactions(), LeaseOwner.me());
    }

    @BeforeEach
    void begin() {
        sql("UPDATE merge_run_lock SET owner = NULL, stop_requested = FALSE");
        assertThat(lease.take()).isTrue();
    }

    static void beat(LeaseKeeper keeper) {
        keeper.beat();
        keeper.watch();
    }

    LeaseKeeper keeper(@Nullable Instant until) {
        return new LeaseKeeper(
                lease,
                cancellation,
                () -> progress,
                (reached, now) -> {},
                new RateLimitWindow(),
                clock,
                clock.steady(),
                until,
                cutOff::add);
    }

    void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    long number(String sql) {
        return database.jdbc().sql(sql).query(Long.class).single();
    }
}
