package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.batch.RunCancellation;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.TestClock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose machine was suspended, its clock with it, while another run took over: the test clock stands still. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class TakenOverTest {
    private static final int REQUESTS = 60;
    private static final int NOTES_BEFORE = 5;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_claim_asks_the_database_and_not_the_clock_who_may_work() {
        Database database = kind.create();
        RunLease lease = new RunLease(database.jdbc(), database.transactions(), LeaseOwner.me());
        RunCancellation cancellation = new RunCancellation();
        TestClock clock = new TestClock();
        Progress progress = new Progress(0, "applyMerges", 0, 0, 0, 0, null);
        assertThat(lease.take()).isTrue();
        try (LeaseKeeper keeper = new LeaseKeeper(
                lease,
                cancellation,
                () -> progress,
                (reached, now) -> {},
                new RateLimitWindow(),
                clock,
                clock.steady(),
                null,
                why -> {})) {
            assertThat(keeper.mayClaim()).isTrue();
            takeOver(database);

            assertThat(keeper.isGranted()).as("what the clock says").isTrue();
            assertThat(keeper.mayClaim()).isFalse();

            assertThat(cancellation.areCallsHalted()).isTrue();
            assertThat(cancellation.reason())
                    .map(RunCancellation.Reason::message)
                    .contains(
                            "the run lock was lost: another run has taken over, or somebody has changed the row of merge_run_lock");
        }
    }

    @Test
    void a_run_that_was_taken_over_claims_nothing_more_and_the_other_run_writes_no_note_again() {
        try (BatchFixture frozen = BatchFixture.on(kind.create())) {
            frozen.askMany(REQUESTS);
            AtomicInteger notes = new AtomicInteger();
            frozen.sandbox.faults(arrival -> {
                if (arrival.isNote() && notes.incrementAndGet() == NOTES_BEFORE) {
                    takeOver(frozen.database);
                }
                return Optional.empty();
            });

            RunEnd end = frozen.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message())
                    .isEqualTo(
                            "the run lock was lost: another run has taken over, or somebody has changed the row of merge_run_lock");
            assertThat(notesOnDuplicates(frozen))
                    .as("those before, and those whose claim was committed already")
                    .isBetween((long) NOTES_BEFORE, (long) NOTES_BEFORE + BatchFixture.WORKERS);

            frozen.jdbc.sql("UPDATE merge_run_lock SET owner = NULL").update();
            try (BatchFixture other = frozen.again()) {
                assertThat(other.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

                assertThat(other.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
                Invariants.hold(other);
            }
        }
    }

    private static void takeOver(Database database) {
        database.jdbc()
                .sql("UPDATE merge_run_lock SET owner = '4711@elsewhere@x',"
                        + " expires_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR")
                .update();
    }

    private static long notesOnDuplicates(BatchFixture night) {
        return night.sandbox.workspace().conversations().stream()
                .map(ConversationView::id)
                .filter(id -> id.startsWith("50"))
                .mapToLong(id -> night.sandbox.workspace().notesWritten(id).size())
                .sum();
    }
}
