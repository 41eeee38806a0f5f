package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every pair of states: an allowed transition is written, and any other is refused. */
@OnEachDatabase
class LedgerTransitionsTest extends LedgerOnDatabase {
    LedgerTransitionsTest(Database database) {
        super(database);
    }

    static Stream<Arguments> allowed() {
        return pairs(true);
    }

    static Stream<Arguments> forbidden() {
        return pairs(false);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("allowed")
    void an_allowed_transition_is_written(LedgerState from, LedgerState to) {
        LedgerEntry entry = entryIn(from, claim(OperationKind.NOTE));

        move(entry, to);

        assertThat(stored(entry.key()).state()).isEqualTo(to);
        assertThat(row(entry.key()).get("settled_at") == null).isEqualTo(to == LedgerState.SENT);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("forbidden")
    void any_other_transition_is_refused_and_leaves_the_row_as_it_is(LedgerState from, LedgerState to) {
        LedgerEntry entry = entryIn(from, claim(OperationKind.NOTE));
        Map<String, @Nullable Object> before = row(entry.key());

        assertThatIllegalStateException()
                .isThrownBy(() -> move(entry, to))
                .withMessage("operation r" + request + "/note is " + from + " and cannot become " + to);

        assertThat(row(entry.key())).isEqualTo(before);
    }

    private void move(LedgerEntry entry, LedgerState to) {
        switch (to) {
            case SENT -> won(take(ledger, List.of(), again(entry)));
            case NOT_NEEDED -> ledger.settle(List.of(Settlement.notNeeded(again(entry))));
            case DONE, IN_DOUBT, NOT_SENT, REFUSED -> ledger.settle(List.of(settlement(entry, to)));
        }
    }

    private static Stream<Arguments> pairs(boolean allowed) {
        return Arrays.stream(LedgerState.values()).flatMap(from -> Arrays.stream(LedgerState.values())
                .filter(to -> from.mayBecome(to) == allowed)
                .map(to -> Arguments.of(from, to)));
    }
}
