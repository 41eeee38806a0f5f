package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** When what the ledger wrote is there for good, and who wins where two write at once. */
@OnEachDatabase
class LedgerCommitsTest extends LedgerOnDatabase {
    private static final int RACES = 20;

    LedgerCommitsTest(Database database) {
        super(database);
    }

    @Test
    void a_claim_is_committed_before_it_returns_and_outlives_the_chunk_that_it_was_made_in() {
        new TransactionTemplate(database.transactions()).executeWithoutResult(chunk -> {
            ledger.claim(claim(OperationKind.NOTE));
            assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
            chunk.setRollbackOnly();
        });

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
    }

    @Test
    void each_other_change_outlives_the_chunk_that_it_was_made_in_too() {
        LedgerEntry note = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.SENT, claim(OperationKind.TAG));

        new TransactionTemplate(database.transactions()).executeWithoutResult(chunk -> {
            ledger.claimAgain(note, claim(OperationKind.NOTE));
            ledger.settle(tag, Result.done(200, null));
            ledger.notNeeded(claim(OperationKind.CLOSE));
            chunk.setRollbackOnly();
        });

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("DONE");
        assertThat(seenByAnother(OperationKind.CLOSE)).isEqualTo("NOT_NEEDED");
    }

    @Test
    void changes_together_are_seen_by_nobody_before_the_last_of_them() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));

        Optional<LedgerEntry> tag = ledger.together(() -> {
            ledger.settle(note, Result.done(200, "part-9"));
            Optional<LedgerEntry> claimed = ledger.claim(claim(OperationKind.TAG));
            assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
            assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("nothing");
            return claimed;
        });

        assertThat(tag).isPresent();
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("SENT");
    }

    @Test
    void changes_together_are_undone_together() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        Supplier<Boolean> broken = () -> {
            ledger.settle(note, Result.done(200, "part-9"));
            ledger.claim(claim(OperationKind.TAG));
            throw new IllegalArgumentException("in the middle");
        };

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ledger.together(broken))
                .withMessage("in the middle");

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("nothing");
    }

    @Test
    void a_lost_claim_costs_nothing_of_what_was_written_together_with_it() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        entryIn(LedgerState.SENT, claim(OperationKind.TAG));

        Optional<LedgerEntry> tag = ledger.together(() -> {
            ledger.settle(note, Result.done(200, "part-9"));
            return ledger.claim(claim(OperationKind.TAG));
        });

        assertThat(tag).isEmpty();
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
    }

    @Test
    void of_two_claims_at_once_one_wins() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Claim claim = parentNote(100 + race);
            assertThat(wins(() -> ledger.claim(claim))).as("race %d", race).isEqualTo(1);
        }
    }

    @Test
    void of_two_claims_again_at_once_one_wins() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Claim claim = parentNote(100 + race);
            LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, claim);
            assertThat(wins(() -> ledger.claimAgain(inDoubt, claim)))
                    .as("race %d", race)
                    .isEqualTo(1);
            assertThat(stored(claim.key()).attempts()).isEqualTo(2);
        }
    }

    /** How many of two threads that start together get the entry. */
    private static int wins(Callable<Optional<LedgerEntry>> claim) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Optional<LedgerEntry>> racer = () -> {
            start.await();
            return claim.call();
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            int wins = 0;
            for (Future<Optional<LedgerEntry>> end : threads.invokeAll(List.of(racer, racer))) {
                wins += end.get().isPresent() ? 1 : 0;
            }
            return wins;
        } finally {
            threads.shutdown();
        }
    }

    /** The state as a connection of its own sees it: only what is committed. */
    private String seenByAnother(OperationKind operation) {
        try (Connection another = database.dataSource().getConnection();
                PreparedStatement select =
                        another.prepareStatement("SELECT state FROM merge_operation WHERE operation_key = ?")) {
            select.setString(1, OperationKey.ofRequest(request, operation).value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString("state") : "nothing";
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
