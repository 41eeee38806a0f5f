package com.convmerge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.convmerge.merge.OperationKind;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of states: what has an arrow is written, and nothing else is. */
@OnEachDatabase
class LedgerTransitionsTest extends LedgerOnDatabase {
    LedgerTransitionsTest(Database database) {
        super(database);
    }

    static Stream<Arguments> arrows() {
        return pairs(true);
    }

    static Stream<Arguments> refusals() {
        return pairs(false);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("arrows")
    void an_arrow_is_written(LedgerState from, LedgerState to) {
        Claim claim = claim(OperationKind.NOTE);
        LedgerEntry entry = entryIn(from, claim);

        move(entry, to, claim);

        assertThat(stored(claim.key()).state()).isEqualTo(to);
        assertThat(row(claim.key()).get("settled_at") == null).isEqualTo(to == LedgerState.SENT);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("refusals")
    void what_has_no_arrow_is_refused_and_leaves_the_row_as_it_is(LedgerState from, LedgerState to) {
        Claim claim = claim(OperationKind.NOTE);
        LedgerEntry entry = entryIn(from, claim);
        Map<String, @Nullable Object> before = row(claim.key());

        assertThatIllegalStateException()
                .isThrownBy(() -> move(entry, to, claim))
                .withMessage("operation r" + request + "/note is " + from + " and cannot become " + to);

        assertThat(row(claim.key())).isEqualTo(before);
    }

    private void move(LedgerEntry entry, LedgerState to, Claim claim) {
        switch (to) {
            case SENT -> won(ledger.claimAgain(entry, claim));
            case NOT_NEEDED -> ledger.notNeeded(claim);
            case DONE -> ledger.settle(entry, Result.done(200, "part-9"));
            default -> ledger.settle(entry, Result.failed(to, FAILURE));
        }
    }

    private static Stream<Arguments> pairs(boolean allowed) {
        return Arrays.stream(LedgerState.values()).flatMap(from -> Arrays.stream(LedgerState.values())
                .filter(to -> from.mayBecome(to) == allowed)
                .map(to -> Arguments.of(from, to)));
    }
}
