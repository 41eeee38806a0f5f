package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The keys, which rows that earlier versions wrote contain, so that their form must never change. */
class OperationKeyTest {
    @Test
    void the_operations_of_a_request_are_known_by_request_and_kind() {
        assertThat(OperationKey.ofRequest(42, OperationKind.NOTE)).hasToString("r42/note");
        assertThat(OperationKey.ofRequest(42, OperationKind.TAG)).hasToString("r42/tag");
        assertThat(OperationKey.ofRequest(42, OperationKind.CLOSE)).hasToString("r42/close");
    }

    @Test
    void a_note_on_a_survivor_is_known_by_survivor_execution_and_number() {
        assertThat(OperationKey.ofSurvivorNote(ConversationId.of(987), 17, 1)).hasToString("p987/x17/note-1");
    }

    @Test
    void the_opening_of_a_survivor_is_known_by_survivor_and_execution() {
        assertThat(OperationKey.ofReopen(ConversationId.of(987), 17)).hasToString("p987/x17/reopen");
    }

    @Test
    void the_longest_keys_fit_their_column() {
        ConversationId longest = ConversationId.of(999_999_999_999_999_999L);

        assertThat(OperationKey.ofSurvivorNote(longest, Long.MAX_VALUE, Integer.MAX_VALUE)
                        .value())
                .hasSizeLessThanOrEqualTo(100);
        assertThat(OperationKey.ofReopen(longest, Long.MAX_VALUE).value()).hasSizeLessThanOrEqualTo(100);
    }
}
