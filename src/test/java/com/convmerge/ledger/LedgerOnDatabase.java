package com.convmerge.ledger;

import com.convmerge.database.FileWrites;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A ledger on one database. Before each test the tables are emptied and one request is inserted. */
abstract class LedgerOnDatabase {
    static final ConversationId DUPLICATE = ConversationId.of(20);
    static final Failure FAILURE =
            new Failure(FailureKind.IN_DOUBT, 502, "bad_gateway", "The server said nothing", "req-77");
    static final long EXECUTION = 5;

    final Database database;
    final TestClock clock = new TestClock();
    final Ledger ledger;
    long request;

    LedgerOnDatabase(Database database) {
        this.database = database;
        this.ledger = new Ledger(
                database.jdbc(),
                database.batches(),
                database.transactions(),
                new DurableCommits(database.jdbc(), database.batches(), new FileWrites()),
                clock);
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
        clock.set(TestClock.START);
        request = addRequest();
    }

    /** Inserts a request and returns its id. */
    long addRequest() {
        return new RequestTable(database).add("10", DUPLICATE.value());
    }

    /** The first claim of an operation of the request. */
    Claim claim(OperationKind kind) {
        return claim(request, kind);
    }

    static Claim claim(long requestId, OperationKind kind) {
        String reference = kind.isNote() ? "cm-first" : null;
        OperationKey key = OperationKey.ofRequest(requestId, kind);
        return new Claim(key, kind, requestId, DUPLICATE, null, reference, "open", EXECUTION);
    }

    /** The first claim of a note on a survivor. */
    static Claim survivorNote(int survivor) {
        ConversationId id = ConversationId.of(survivor);
        return new Claim(
                OperationKey.ofSurvivorNote(id, EXECUTION, 1),
                OperationKind.SURVIVOR_NOTE,
                null,
                id,
                null,
                "cm-p" + survivor,
                null,
                EXECUTION);
    }

    /** A further claim of an operation that the ledger has a row of. */
    static Claim again(LedgerEntry previous) {
        return new Claim(
                previous.key(),
                previous.kind(),
                previous.requestId(),
                previous.conversation(),
                previous,
                null,
                "open",
                EXECUTION);
    }

    /** Brings a new operation into a state by the ledger's own methods, and returns its row. */
    LedgerEntry entryIn(LedgerState state, Claim claim) {
        if (state == LedgerState.NOT_NEEDED) {
            ledger.settle(List.of(Settlement.notNeeded(claim)));
            return stored(claim.key());
        }
        LedgerEntry sent = won(take(ledger, List.of(), claim));
        if (state != LedgerState.SENT) {
            ledger.settle(List.of(settlement(sent, state)));
        }
        return stored(claim.key());
    }

    /** How a sent operation ends in {@code state}. */
    Settlement settlement(LedgerEntry entry, LedgerState state) {
        return state == LedgerState.DONE
                ? Settlement.done(entry, clock.instant(), 200, "part-9")
                : Settlement.failed(entry, state, clock.instant(), FAILURE);
    }

    /** A claim that nothing forbids. */
    static Optional<LedgerEntry> take(Ledger ledger, List<Settlement> earlier, Claim claim) {
        return ledger.claim(earlier, claim, () -> true, () -> true);
    }

    static LedgerEntry won(Optional<LedgerEntry> claimed) {
        return claimed.orElseThrow(() -> new AssertionError("the claim was lost"));
    }

    LedgerEntry stored(OperationKey key) {
        return ledger.find(key).orElseThrow(() -> new AssertionError(key + " is not in the ledger"));
    }

    /** All columns of an operation. */
    Map<String, @Nullable Object> row(OperationKey key) {
        return database.jdbc()
                .sql("SELECT * FROM merge_operation WHERE operation_key = :key")
                .param("key", key.value())
                .query()
                .singleRow();
    }
}
