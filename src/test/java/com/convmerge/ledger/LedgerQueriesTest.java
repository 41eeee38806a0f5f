package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Which rows each query of the ledger finds, and in which order. */
@OnEachDatabase
class LedgerQueriesTest extends LedgerOnDatabase {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    LedgerQueriesTest(Database database) {
        super(database);
    }

    @Test
    void an_operation_that_was_never_begun_is_not_found() {
        assertThat(ledger.find(OperationKey.ofRequest(request, OperationKind.NOTE)))
                .isEmpty();
        assertThat(ledger.ofRequest(request)).isEmpty();
    }

    @Test
    void the_operations_of_one_request_are_found_oldest_first() {
        LedgerEntry tag = entryIn(LedgerState.SENT, claim(OperationKind.TAG));
        clock.advance(MINUTE);
        LedgerEntry note = entryIn(LedgerState.DONE, claim(OperationKind.NOTE));
        won(take(ledger, List.of(), survivorNote(30)));
        won(take(ledger, List.of(), claim(addRequest(), OperationKind.NOTE)));

        assertThat(ledger.ofRequest(request)).containsExactly(tag, note);
        assertThat(ledger.ofRequest(-1)).isEmpty();
    }

    @Test
    void the_unsettled_notes_on_survivors_come_oldest_first() {
        LedgerState[] states = LedgerState.values();
        for (int i = 0; i < states.length; i++) {
            entryIn(states[i], survivorNote(60 - i));
            clock.advance(MINUTE);
        }
        entryIn(LedgerState.IN_DOUBT, claim(OperationKind.NOTE));

        assertThat(ledger.unsettledSurvivorNotes())
                .extracting(LedgerEntry::state)
                .containsExactly(LedgerState.SENT, LedgerState.IN_DOUBT, LedgerState.NOT_SENT);
    }

    @Test
    void a_request_is_begun_once_its_note_is_or_may_be_on_the_duplicate() {
        Map<LedgerState, Long> requests = new EnumMap<>(LedgerState.class);
        for (LedgerState state : LedgerState.values()) {
            requests.put(state, addRequest());
            entryIn(state, claim(requests.get(state), OperationKind.NOTE));
        }
        entryIn(LedgerState.DONE, claim(OperationKind.TAG));
        entryIn(LedgerState.DONE, survivorNote(30));

        LongPredicate begun = ledger.begunRequests();

        assertThat(requests.entrySet().stream()
                        .filter(entry -> begun.test(entry.getValue()))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(LedgerState.SENT, LedgerState.IN_DOUBT, LedgerState.DONE);
        assertThat(begun.test(request)).as("a request with only a tag").isFalse();
    }

    @Test
    void the_begun_requests_are_those_at_the_time_of_the_query() {
        LongPredicate begun = ledger.begunRequests();

        won(take(ledger, List.of(), claim(OperationKind.NOTE)));

        assertThat(begun.test(request)).isFalse();
        assertThat(ledger.begunRequests().test(request)).isTrue();
    }
}
