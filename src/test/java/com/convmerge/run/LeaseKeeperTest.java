package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation.Kind;
import com.convmerge.batch.RunCancellation.Reason;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a run in progress reads from its lease and writes to it. */
@OnEachDatabase
class LeaseKeeperTest extends LeaseKeeperOnDatabase {
    private static final Reason LEASE_LOST = new Reason(
            Kind.FAILED,
            "the run lock was lost: another run has taken over, or somebody has changed the row of merge_run_lock");

    LeaseKeeperTest(Database database) {
        super(database);
    }

    @Test
    void a_beat_renews_the_lease_and_stores_the_progress_of_the_run() {
        sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP + INTERVAL '1' SECOND");
        progress = new Progress(0, "applyMerges", 40, 3, 1, 0, null);

        try (LeaseKeeper keeper = keeper(null)) {
            beat(keeper);
        }

        assertThat(
                        number(
                                "SELECT COUNT(*) FROM merge_run_lock WHERE expires_at > CURRENT_TIMESTAMP + INTERVAL '5' SECOND"))
                .isEqualTo(1);
        assertThat(lease.underWay()).hasValueSatisfying(run -> {
            assertThat(run.step()).isEqualTo("applyMerges");
            assertThat(run.total()).isEqualTo(40);
            assertThat(run.done()).isEqualTo(3);
        });
        assertThat(cancellation.reason()).isEmpty();
    }

    @Test
    void a_request_to_stop_cancels_the_run() {
        try (LeaseKeeper keeper = keeper(null)) {
            beat(keeper);
            assertThat(cancellation.reason()).isEmpty();

            assertThat(lease.requestStop()).isTrue();
            beat(keeper);

            assertThat(cancellation.reason()).contains(new Reason(Kind.STOPPED, "somebody asked it to stop"));
        }
    }

    @Test
    void at_the_deadline_no_merge_begins_and_what_follows_goes_on() {
        try (LeaseKeeper keeper = keeper(clock.instant().plusSeconds(60))) {
            clock.advance(Duration.ofSeconds(59));
            beat(keeper);
            assertThat(cancellation.reason()).isEmpty();

            clock.advance(Duration.ofSeconds(1));
            beat(keeper);

            assertThat(cancellation.reason()).contains(new Reason(Kind.DEADLINE, "the time is up (--until)"));
            assertThat(cancellation.endsAll()).isFalse();
            clock.advance(Duration.ofHours(1));
            beat(keeper);
            beat(keeper);
            assertThat(cancellation.areCallsHalted()).as("calls are refused").isFalse();
        }
    }

    @Test
    void a_lease_that_another_run_has_taken_over_ends_the_run() {
        sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
        try (LeaseKeeper keeper = keeper(null)) {
            beat(keeper);
        }
        assertThat(cancellation.reason()).contains(LEASE_LOST);
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_lease_that_was_lost_while_the_program_was_frozen_lets_no_call_leave() {
        try (LeaseKeeper keeper = keeper(null)) {
            assertThat(keeper.isGranted()).isTrue();
            sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
            assertThat(keeper.isGranted())
                    .as("a lease just renewed cannot be taken over")
                    .isTrue();
            clock.advance(Duration.ofSeconds(16));

            assertThat(keeper.isGranted()).isFalse();

            assertThat(cancellation.reason()).contains(LEASE_LOST);
            assertThat(cancellation.areCallsHalted())
                    .as("further calls are refused at once")
                    .isTrue();
        }
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_lease_that_nobody_took_while_the_program_was_frozen_is_renewed_and_calls_leave() {
        try (LeaseKeeper keeper = keeper(null)) {
            sql("UPDATE merge_run_lock SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
            clock.advance(Duration.ofHours(1));

            assertThat(keeper.isGranted()).isTrue();

            assertThat(lease.underWay()).isPresent();
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void a_clock_that_is_set_or_a_program_that_was_frozen_ends_nothing_as_long_as_nobody_else_takes_the_lease() {
        try (LeaseKeeper keeper = keeper(null)) {
            for (int time = 0; time < 5; time++) {
                clock.advance(Duration.ofHours(1));
                keeper.watch();
                beat(keeper);
            }
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void nobody_waits_past_the_deadline_for_intercom() {
        Instant until = clock.instant().plusSeconds(60);
        try (LeaseKeeper keeper = keeper(until)) {
            assertThat(keeper.mayWaitUntil(until)).isTrue();
            assertThat(keeper.mayWaitUntil(until.plusSeconds(1))).isFalse();

            assertThat(cancellation.reason())
                    .contains(new Reason(Kind.STOPPED, "Intercom lets no call leave before the time is up (--until)"));
        }
    }

    @Test
    void nobody_waits_for_intercom_once_the_run_is_to_stop() {
        try (LeaseKeeper keeper = keeper(null)) {
            assertThat(keeper.mayWaitUntil(clock.instant().plusSeconds(60))).isTrue();
            cancellation.cancel(Kind.STOPPED, "test");

            assertThat(keeper.mayWaitUntil(clock.instant().plusSeconds(60))).isFalse();
        }
    }

    @Test
    void a_wall_clock_that_is_set_back_does_not_make_an_old_lease_fresh_or_let_requests_go_on() {
        try (LeaseKeeper keeper = keeper(null)) {
            sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
            clock.advance(Duration.ofSeconds(16));
            clock.jump(Duration.ofHours(-1));
            assertThat(keeper.isGranted()).isFalse();
            assertThat(cancellation.reason()).contains(LEASE_LOST);
        }
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_steady_clock_that_stood_still_while_the_machine_was_suspended_does_not_keep_the_lease() {
        try (LeaseKeeper keeper = keeper(null)) {
            sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x'");
            clock.jump(Duration.ofMinutes(5));
            assertThat(keeper.isGranted()).isFalse();
        }
        sql("UPDATE merge_run_lock SET owner = NULL");
    }

    @Test
    void a_wall_clock_that_is_set_while_the_run_ends_changes_nothing_about_its_grace() {
        try (LeaseKeeper keeper = keeper(null)) {
            cancellation.cancel(Kind.STOPPED, "test");
            beat(keeper);
            clock.jump(Duration.ofHours(1));
            beat(keeper);
            assertThat(cancellation.areCallsHalted()).isFalse();
            clock.jump(Duration.ofHours(-3));
            clock.advance(Duration.ofSeconds(7));
            beat(keeper);
            assertThat(cancellation.areCallsHalted()).isTrue();
        }
    }

    @Test
    void what_kills_the_heartbeat_ends_the_run() {
        try (LeaseKeeper keeper = new LeaseKeeper(
                lease,
                cancellation,
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                (progress, now) -> {},
                new RateLimitWindow(),
                clock,
                clock.steady(),
                null,
                cutOff::add)) {
            keeper.start();

            assertThat(cancellation.reason().map(Reason::kind)).contains(Kind.FAILED);
            assertThat(cancellation.reason().map(Reason::message).orElse(""))
                    .startsWith("out of memory (Java heap space): give it more");
            assertThat(cancellation.areCallsHalted()).isTrue();
            assertThat(keeper.isGranted()).isFalse();
            assertThat(keeper.mayClaim()).isFalse();
            clock.advance(Duration.ofSeconds(24));
            keeper.watch();
            assertThat(cutOff).as("why the program was ended at once").hasSize(1);
        }
    }

    @Test
    void requests_that_have_begun_get_seven_seconds_for_their_further_calls() {
        try (LeaseKeeper keeper = keeper(null)) {
            cancellation.cancel(Kind.STOPPED, "test");
            beat(keeper);
            clock.advance(Duration.ofSeconds(6));
            beat(keeper);
            assertThat(cancellation.areCallsHalted()).isFalse();

            clock.advance(Duration.ofSeconds(1));
            beat(keeper);

            assertThat(cancellation.areCallsHalted()).isTrue();
        }
    }
}
