package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OperationKeyTest {
    @Test
    void a_request_s_operations_have_the_keys_that_the_ledger_promises() {
        assertThat(OperationKey.ofRequest(42, OperationKind.NOTE)).hasToString("r42/note");
        assertThat(OperationKey.ofRequest(42, OperationKind.TAG)).hasToString("r42/tag");
        assertThat(OperationKey.ofRequest(42, OperationKind.CLOSE)).hasToString("r42/close");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NOTE", "TAG", "CLOSE"})
    void what_does_not_belong_to_one_request_has_no_such_key(OperationKind other) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationKey.ofRequest(42, other))
                .withMessage(other + " does not belong to one request (request 42)");
    }

    @Test
    void a_survivor_s_note_is_known_by_survivor_execution_and_number() {
        assertThat(OperationKey.ofParentNote(ConversationId.of(987), 17, 1)).hasToString("p987/x17/note-1");
    }

    @Test
    void the_longest_keys_fit_their_column() {
        ConversationId longest = ConversationId.of(999_999_999_999_999_999L);

        assertThat(OperationKey.ofParentNote(longest, Long.MAX_VALUE, Integer.MAX_VALUE)
                        .value())
                .hasSizeLessThanOrEqualTo(100);
    }
}
