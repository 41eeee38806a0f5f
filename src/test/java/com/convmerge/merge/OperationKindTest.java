package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationKindTest {
    /** Rows that earlier versions wrote contain these words, so they must never change. */
    @ParameterizedTest
    @CsvSource({
        "NOTE, NOTE, note",
        "TAG, TAG, tag",
        "CLOSE, CLOSE, close",
        "REOPEN, REOPEN, reopen",
        "SURVIVOR_NOTE, PARENT_NOTE, parent note",
        "SURVIVOR_CHECK, PARENT_CHECK, parent check"
    })
    void each_kind_has_a_word_for_the_tables_and_one_for_people(OperationKind kind, String column, String label) {
        assertThat(kind.column()).isEqualTo(column);
        assertThat(OperationKind.ofColumn(column)).isEqualTo(kind);
        assertThat(kind.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "note", " NOTE", "SURVIVOR_NOTE", "SURVIVOR_CHECK", "MERGE"})
    void any_other_word_in_a_column_is_refused_with_that_word(String column) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperationKind.ofColumn(column))
                .withMessage("there is no operation \"" + column + "\"");
    }

    @Test
    void only_notes_leave_a_trace_when_they_are_sent_twice() {
        assertThat(Stream.of(OperationKind.values()).filter(OperationKind::isNote))
                .containsExactlyInAnyOrder(
                        OperationKind.NOTE,
                        OperationKind.SURVIVOR_NOTE,
                        OperationKind.UNDO_NOTE,
                        OperationKind.UNDO_SURVIVOR_NOTE);
    }
}
