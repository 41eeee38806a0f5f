package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation.Kind;
import com.convmerge.batch.RunCancellation.Reason;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to a run whose lease cannot be renewed because the database does not work. */
@OnEachDatabase
class LeaseKeeperDatabaseDownTest extends LeaseKeeperOnDatabase {
    LeaseKeeperDatabaseDownTest(Database database) {
        super(database);
    }

    @Test
    void no_call_leaves_while_the_database_cannot_say_who_holds_the_lease() {
        try (LeaseKeeper keeper = keeper(null)) {
            clock.advance(Duration.ofSeconds(16));
            whileTheDatabaseIsAway(() -> assertThat(keeper.isGranted()).isFalse());
            assertThat(keeper.isGranted()).isTrue();
            assertThat(cancellation.reason()).isEmpty();
        }
    }

    @Test
    void a_database_that_is_away_for_less_than_the_lease_ends_nothing() {
        try (LeaseKeeper keeper = keeper(null)) {
            for (int time = 0; time < 3; time++) {
                whileTheDatabaseIsAway(() -> beatFor(keeper, 14));
                beat(keeper);
                assertThat(cancellation.reason()).isEmpty();
            }
        }
    }

    @Test
    void a_database_that_is_away_for_longer_ends_the_run_before_another_can_take_over() {
        try (LeaseKeeper keeper = keeper(null)) {
            beat(keeper);
            whileTheDatabaseIsAway(() -> beatFor(keeper, 16));
        }
        assertThat(cancellation.reason()).map(Reason::kind).contains(Kind.FAILED);
        assertThat(cancellation.reason().map(Reason::message).orElse(""))
                .startsWith("the run lock could not be renewed for 16 s: the database does not work: ")
                .doesNotContain("\n");
    }

    @Test
    void a_database_that_does_not_answer_ends_the_run_before_another_can_take_over() throws Exception {
        try (LeaseKeeper keeper = keeper(null);
                Connection other = database.dataSource().getConnection()) {
            keeper.beat();
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("UPDATE merge_run_lock SET step = 'held'");
            Thread hanging = new Thread(keeper::beat);
            hanging.start();

            for (int second = 2; second <= 16; second += 2) {
                assertThat(cancellation.reason()).isEmpty();
                clock.advance(Duration.ofSeconds(2));
                keeper.watch();
            }

            assertThat(cancellation.reason().map(Reason::message).orElse(""))
                    .startsWith("the run lock could not be renewed for 16 s: the database does not ");
            assertThat(cutOff).isEmpty();
            clock.advance(Duration.ofSeconds(22));
            keeper.watch();
            assertThat(cutOff).isEmpty();

            clock.advance(Duration.ofSeconds(2));
            keeper.watch();

            assertThat(cutOff)
                    .as("why the program was ended at once")
                    .singleElement()
                    .asString()
                    .startsWith("the run lock could not be renewed for 16 s: the database does not ");
            assertThat(keeper.isGranted()).as("a call may leave").isFalse();
            other.rollback();
            hanging.join();
        }
    }

    @Test
    void a_run_that_has_ended_may_print_its_result_for_long_while_the_database_answers() {
        try (LeaseKeeper keeper = keeper(null)) {
            whileTheDatabaseIsAway(() -> beatFor(keeper, 16));
            keeper.runHasEnded();
            for (int second = 0; second < 60; second += 2) {
                clock.advance(Duration.ofSeconds(2));
                beat(keeper);
            }
            assertThat(cutOff).isEmpty();

            clock.advance(Duration.ofSeconds(16));
            keeper.watch();

            assertThat(cutOff).as("the database has fallen silent meanwhile").hasSize(1);
        }
    }

    private void beatFor(LeaseKeeper keeper, int seconds) {
        for (int second = 2; second <= seconds; second += 2) {
            assertThat(cancellation.reason()).isEmpty();
            clock.advance(Duration.ofSeconds(2));
            beat(keeper);
        }
    }

    private void whileTheDatabaseIsAway(Runnable work) {
        sql("ALTER TABLE merge_run_lock RENAME TO away");
        try {
            work.run();
        } finally {
            sql("ALTER TABLE away RENAME TO merge_run_lock");
        }
    }
}
