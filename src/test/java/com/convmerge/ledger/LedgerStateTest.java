package com.convmerge.ledger;

import static com.convmerge.ledger.LedgerState.DONE;
import static com.convmerge.ledger.LedgerState.IN_DOUBT;
import static com.convmerge.ledger.LedgerState.NOT_NEEDED;
import static com.convmerge.ledger.LedgerState.NOT_SENT;
import static com.convmerge.ledger.LedgerState.REFUSED;
import static com.convmerge.ledger.LedgerState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerStateTest {
    @Test
    void the_transitions_are_those_of_the_table_and_no_others() {
        List<String> transitions = Arrays.stream(LedgerState.values())
                .flatMap(from -> Arrays.stream(LedgerState.values())
                        .filter(from::mayBecome)
                        .map(to -> from + " to " + to))
                .toList();

        assertThat(transitions)
                .containsExactlyInAnyOrder(
                        "SENT to SENT",
                        "SENT to DONE",
                        "SENT to NOT_SENT",
                        "SENT to REFUSED",
                        "SENT to IN_DOUBT",
                        "DONE to IN_DOUBT",
                        "IN_DOUBT to DONE",
                        "IN_DOUBT to SENT",
                        "NOT_SENT to SENT",
                        "REFUSED to SENT",
                        "NOT_SENT to NOT_NEEDED",
                        "REFUSED to NOT_NEEDED");
    }

    @Test
    void an_operation_is_settled_once_it_is_done_or_was_not_needed() {
        assertThat(Stream.of(LedgerState.values()).filter(LedgerState::isSettled))
                .containsExactlyInAnyOrder(DONE, NOT_NEEDED);
    }

    @Test
    void an_operation_is_open_as_long_as_it_may_have_happened() {
        assertThat(Stream.of(LedgerState.values()).filter(LedgerState::isOpen))
                .containsExactlyInAnyOrder(SENT, IN_DOUBT)
                .doesNotContain(NOT_SENT, REFUSED);
    }
}
