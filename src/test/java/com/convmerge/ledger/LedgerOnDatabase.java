package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.RequestTable;
import com.convmerge.testing.TestClock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A ledger on one database, empty before each test, with a request to write about. */
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
        this.ledger = new JdbcLedger(database.jdbc(), database.transactions(), clock);
    }

    @BeforeEach
    void startEmpty() {
        database.empty();
        clock.set(TestClock.START);
        request = new RequestTable(database).add("10", DUPLICATE.value());
    }

    Claim claim(OperationKind operation) {
        String reference = operation.isNote() ? "cm-first" : null;
        return new Claim(
                OperationKey.ofRequest(request, operation),
                operation,
                request,
                DUPLICATE,
                reference,
                "open",
                EXECUTION);
    }

    Claim parentNote(int survivor) {
        ConversationId id = ConversationId.of(survivor);
        return new Claim(
                OperationKey.ofParentNote(id, EXECUTION, 1),
                OperationKind.PARENT_NOTE,
                null,
                id,
                "cm-p" + survivor,
                null,
                EXECUTION);
    }

    /** The operation, brought to a state by the ledger's own ways. */
    LedgerEntry entryIn(LedgerState state, Claim claim) {
        if (state == LedgerState.NOT_NEEDED) {
            ledger.notNeeded(claim);
            return stored(claim.key());
        }
        LedgerEntry sent = won(ledger.claim(claim));
        return switch (state) {
            case SENT -> sent;
            case DONE -> ledger.settle(sent, Result.done(200, "part-9"));
            default -> ledger.settle(sent, Result.failed(state, FAILURE));
        };
    }

    static LedgerEntry won(Optional<LedgerEntry> claimed) {
        return claimed.orElseThrow(() -> new AssertionError("the claim was lost"));
    }

    LedgerEntry stored(OperationKey key) {
        return ledger.find(key).orElseThrow(() -> new AssertionError(key + " is not in the ledger"));
    }

    /** All that is stored of an operation. */
    Map<String, @Nullable Object> row(OperationKey key) {
        return database.jdbc()
                .sql("SELECT * FROM merge_operation WHERE operation_key = :key")
                .param("key", key.value())
                .query()
                .singleRow();
    }
}
