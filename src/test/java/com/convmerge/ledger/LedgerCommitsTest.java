package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.convmerge.database.FileWrites;
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
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/** When the ledger commits what it writes, and which of two simultaneous claims is won. */
@OnEachDatabase
class LedgerCommitsTest extends LedgerOnDatabase {
    private static final int RACES = 20;

    private final ObservedTransactions transactions;
    private final Ledger observed;

    LedgerCommitsTest(Database database) {
        super(database);
        transactions = new ObservedTransactions(
                database.transactions(),
                () -> "NOTE " + seenByAnother(OperationKind.NOTE) + ", TAG " + seenByAnother(OperationKind.TAG));
        observed = new Ledger(
                database.jdbc(),
                database.batches(),
                transactions,
                new DurableCommits(database.jdbc(), database.batches(), new FileWrites()),
                clock);
    }

    @Test
    void a_claim_is_committed_before_it_returns_and_survives_the_rollback_of_the_chunk_around_it() {
        new TransactionTemplate(database.transactions()).executeWithoutResult(chunk -> {
            take(ledger, List.of(), claim(OperationKind.NOTE));
            assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
            chunk.setRollbackOnly();
        });

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
    }

    @Test
    void every_other_change_survives_the_rollback_of_the_chunk_around_it_too() {
        LedgerEntry note = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.SENT, claim(OperationKind.TAG));

        new TransactionTemplate(database.transactions()).executeWithoutResult(chunk -> {
            take(ledger, List.of(), again(note));
            ledger.settle(List.of(
                    Settlement.done(tag, clock.instant(), 200, null),
                    Settlement.notNeeded(claim(OperationKind.CLOSE))));
            chunk.setRollbackOnly();
        });

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("DONE");
        assertThat(seenByAnother(OperationKind.CLOSE)).isEqualTo("NOT_NEEDED");
    }

    @Test
    void a_claim_and_the_settlements_before_it_are_one_commit() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));

        Optional<LedgerEntry> tag =
                take(observed, List.of(settlement(note, LedgerState.DONE)), claim(OperationKind.TAG));

        assertThat(tag).isPresent();
        assertThat(transactions.beforeCommits()).containsExactly("NOTE SENT, TAG nothing");
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("SENT");
    }

    @Test
    void several_settlements_are_one_commit_and_none_is_no_commit() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.SENT, claim(OperationKind.TAG));

        observed.settle(List.of(settlement(note, LedgerState.DONE), settlement(tag, LedgerState.REFUSED)));
        observed.settle(List.of());

        assertThat(transactions.beforeCommits()).containsExactly("NOTE SENT, TAG SENT");
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("REFUSED");
    }

    @Test
    void a_claim_that_fails_undoes_the_settlements_before_it() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.DONE, claim(OperationKind.TAG));
        List<Settlement> earlier = List.of(settlement(note, LedgerState.DONE));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> take(ledger, earlier, claim(-1, OperationKind.TAG)));
        assertThatIllegalStateException().isThrownBy(() -> take(ledger, earlier, again(tag)));

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
    }

    @Test
    void a_settlement_that_fails_undoes_the_others_and_the_claim() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        LedgerEntry close = entryIn(LedgerState.DONE, claim(OperationKind.CLOSE));
        List<Settlement> broken = List.of(settlement(note, LedgerState.DONE), settlement(close, LedgerState.REFUSED));

        assertThatIllegalStateException().isThrownBy(() -> ledger.settle(broken));
        assertThatIllegalStateException().isThrownBy(() -> take(ledger, broken, claim(OperationKind.TAG)));

        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("SENT");
        assertThat(seenByAnother(OperationKind.TAG)).isEqualTo("nothing");
    }

    @Test
    void a_lost_first_claim_still_writes_the_settlements_before_it() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        entryIn(LedgerState.SENT, claim(OperationKind.TAG));

        Optional<LedgerEntry> tag =
                take(observed, List.of(settlement(note, LedgerState.DONE)), claim(OperationKind.TAG));

        assertThat(tag).isEmpty();
        assertThat(transactions.beforeCommits()).containsExactly("NOTE SENT, TAG SENT");
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
    }

    @Test
    void a_lost_further_claim_still_writes_the_settlements_before_it() {
        LedgerEntry note = entryIn(LedgerState.SENT, claim(OperationKind.NOTE));
        LedgerEntry tag = entryIn(LedgerState.IN_DOUBT, claim(OperationKind.TAG));
        won(take(ledger, List.of(), again(tag)));

        assertThat(take(observed, List.of(settlement(note, LedgerState.DONE)), again(tag)))
                .isEmpty();

        assertThat(transactions.beforeCommits()).containsExactly("NOTE SENT, TAG SENT");
        assertThat(seenByAnother(OperationKind.NOTE)).isEqualTo("DONE");
    }

    @Test
    void one_of_two_simultaneous_first_claims_is_won() throws Exception {
        for (int race = 0; race < RACES; race++) {
            Claim claim = survivorNote(100 + race);
            assertThat(wins(() -> take(ledger, List.of(), claim)))
                    .as("race %d", race)
                    .isEqualTo(1);
        }
    }

    @Test
    void one_of_two_simultaneous_further_claims_is_won() throws Exception {
        for (int race = 0; race < RACES; race++) {
            LedgerEntry inDoubt = entryIn(LedgerState.IN_DOUBT, survivorNote(100 + race));
            assertThat(wins(() -> take(ledger, List.of(), again(inDoubt))))
                    .as("race %d", race)
                    .isEqualTo(1);
            assertThat(stored(inDoubt.key()).attempts()).isEqualTo(2);
        }
    }

    /** How many of two threads that start together win the claim. */
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

    /** The state that another connection sees, which is what is committed. */
    private String seenByAnother(OperationKind kind) {
        try (Connection another = database.dataSource().getConnection();
                PreparedStatement select =
                        another.prepareStatement("SELECT state FROM merge_operation WHERE operation_key = ?")) {
            select.setString(1, OperationKey.ofRequest(request, kind).value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString("state") : "nothing";
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
