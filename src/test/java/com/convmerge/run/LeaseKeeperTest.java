package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run hears and tells while it lives. The tests beat by hand. */
@OnEachDatabase
class LeaseKeeperTest {
    private final Database database;
    private final TestClock clock = new TestClock();
    private final RunLease lock;
    private final RunCancellation cancellation = new RunCancellation();
    private Progress progress = new Progress("starting", 0, 0, 0);

    LeaseKeeperTest(Database database) {
        this.database = database;
        this.lock = new RunLease(database.jdbc(), LeaseOwner.me());
    }

    @BeforeEach
    void begin() {
        sql("UPDATE merge_run_lock SET owner = NULL, stop_requested = FALSE");
        assertThat(lock.take()).isTrue();
    }

    @Test
    void a_beat_renews_the_lease_and_tells_how_far_the_run_is() {
        sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP + INTERVAL '1' SECOND");
        progress = new Progress("applyMerges", 40, 3, 1);

        try (LeaseKeeper heartbeat = heartbeat(null)) {
            beat(heartbeat);
        }

        assertThat(
                        number(
                                "SELECT COUNT(*) FROM merge_run_lock WHERE expires_at > CURRENT_TIMESTAMP + INTERVAL '5' SECOND"))
                .isEqualTo(1);
        assertThat(lock.underWay()).hasValueSatisfying(run -> {
            assertThat(run.step()).isEqualTo("applyMerges");
            assertThat(run.total()).isEqualTo(40);
            assertThat(run.done()).isEqualTo(3);
        });
        assertThat(cancellation.reason()).isEmpty();
    }

    @Test
    void a_request_to_stop_is_heard() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            beat(heartbeat);
            assertThat(cancellation.reason()).isEmpty();

            assertThat(lock.requestStop()).isTrue();
            beat(heartbeat);

            assertThat(cancellation.reason())
                    .contains(new RunCancellation.Reason(RunCancellation.Kind.STOPPED, "somebody asked it to stop"));
        }
    }

    @Test
    void at_the_deadline_no_merge_begins_and_what_follows_goes_on() {
        try (LeaseKeeper heartbeat = heartbeat(clock.instant().plusSeconds(60))) {
            clock.advance(Duration.ofSeconds(59));
            beat(heartbeat);
            assertThat(cancellation.reason()).isEmpty();

            clock.advance(Duration.ofSeconds(1));
            beat(heartbeat);

            assertThat(cancellation.reason())
                    .contains(new RunCancellation.Reason(RunCancellation.Kind.DEADLINE, "the time is up (--until)"));
            assertThat(cancellation.endsAll()).isFalse();
            clock.advance(Duration.ofHours(1));
            beat(heartbeat);
            beat(heartbeat);
            assertThat(isHalted()).as("calls are refused").isFalse();
        }
    }

    @Test
    void a_lock_that_another_run_has_taken_over_ends_the_run() {
        sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            beat(heartbeat);
        }
        assertThat(cancellation.reason())
                .contains(new RunCancellation.Reason(
                        RunCancellation.Kind.FAILED, "the run lock was lost: another run has taken over"));
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_lock_that_was_lost_while_the_program_was_frozen_lets_no_call_leave() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            assertThat(heartbeat.isGranted()).isTrue();
            sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
            assertThat(heartbeat.isGranted())
                    .as("a lease just renewed cannot be taken over")
                    .isTrue();
            clock.advance(Duration.ofSeconds(16));

            assertThat(heartbeat.isGranted()).isFalse();

            assertThat(cancellation.reason())
                    .contains(new RunCancellation.Reason(
                            RunCancellation.Kind.FAILED, "the run lock was lost: another run has taken over"));
            assertThat(isHalted())
                    .as("what is in hand is refused its calls at once")
                    .isTrue();
        }
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_lock_that_nobody_took_while_the_program_was_frozen_is_renewed_and_calls_leave() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
            clock.advance(Duration.ofHours(1));

            assertThat(heartbeat.isGranted()).isTrue();

            assertThat(lock.underWay()).isPresent();
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void no_call_leaves_while_the_database_cannot_tell_whose_the_lock_is() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            clock.advance(Duration.ofSeconds(16));
            whileTheDatabaseIsAway(() -> assertThat(heartbeat.isGranted()).isFalse());
            assertThat(heartbeat.isGranted()).isTrue();
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void a_database_that_is_away_for_less_than_the_lease_ends_nothing() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            for (int time = 0; time < 3; time++) {
                whileTheDatabaseIsAway(() -> {
                    pass(heartbeat, 14);
                });
                beat(heartbeat);
                assertThat(cancellation.reason()).isEmpty();
            }
        }
    }

    @Test
    void a_database_that_is_away_for_longer_ends_the_run_before_another_can_take_over() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            beat(heartbeat);
            whileTheDatabaseIsAway(() -> pass(heartbeat, 16));
        }
        assertThat(cancellation.reason()).map(RunCancellation.Reason::kind).contains(RunCancellation.Kind.FAILED);
        assertThat(cancellation.reason().map(RunCancellation.Reason::message).orElse(""))
                .startsWith("the run lock could not be renewed for 16 s: the database does not work: ")
                .doesNotContain("\n");
    }

    @Test
    void a_database_that_does_not_answer_ends_the_run_before_another_can_take_over() throws Exception {
        try (LeaseKeeper heartbeat = heartbeat(null);
                Connection other = database.dataSource().getConnection()) {
            heartbeat.beat();
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("UPDATE merge_run_lock SET step = 'held'");
            Thread hanging = new Thread(heartbeat::beat);
            hanging.start();

            for (int second = 2; second <= 16; second += 2) {
                assertThat(cancellation.reason()).isEmpty();
                clock.advance(Duration.ofSeconds(2));
                heartbeat.watch();
            }

            assertThat(cancellation.reason())
                    .contains(new RunCancellation.Reason(
                            RunCancellation.Kind.FAILED,
                            "the run lock could not be renewed for 16 s: the database does not answer"));
            other.rollback();
            hanging.join();
        }
    }

    @Test
    void a_clock_that_is_set_or_a_program_that_was_frozen_ends_nothing_as_long_as_the_lock_is_ours() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            for (int time = 0; time < 5; time++) {
                clock.advance(Duration.ofHours(1));
                heartbeat.watch();
                beat(heartbeat);
            }
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void what_is_in_hand_gets_seven_seconds_for_its_further_calls() {
        try (LeaseKeeper heartbeat = heartbeat(null)) {
            cancellation.cancel(RunCancellation.Kind.STOPPED, "test");
            beat(heartbeat);
            clock.advance(Duration.ofSeconds(6));
            beat(heartbeat);
            assertThat(isHalted()).isFalse();

            clock.advance(Duration.ofSeconds(1));
            beat(heartbeat);

            assertThat(isHalted()).isTrue();
        }
    }

    private void pass(LeaseKeeper heartbeat, int seconds) {
        for (int second = 2; second <= seconds; second += 2) {
            assertThat(cancellation.reason()).isEmpty();
            clock.advance(Duration.ofSeconds(2));
            beat(heartbeat);
        }
    }

    private static void beat(LeaseKeeper heartbeat) {
        heartbeat.beat();
        heartbeat.watch();
    }

    private LeaseKeeper heartbeat(@Nullable Instant until) {
        return new LeaseKeeper(lock, cancellation, () -> progress, new RateLimitWindow(), clock, until);
    }

    private boolean isHalted() {
        return cancellation.areCallsHalted();
    }

    private void whileTheDatabaseIsAway(Runnable work) {
        sql("ALTER TABLE merge_run_lock RENAME TO away");
        try {
            work.run();
        } finally {
            sql("ALTER TABLE away RENAME TO merge_run_lock");
        }
    }

    private void sql(String statement) {
        database.jdbc().sql(statement).update();
    }

    private long number(String sql) {
        return database.jdbc().sql(sql).query(Long.class).single();
    }
}
