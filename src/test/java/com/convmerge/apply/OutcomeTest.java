package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Failure FAILURE = Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", "refused");

    @Test
    void an_outcome_without_a_failure_has_the_value() {
        assertThat(Outcome.of(Optional.empty(), OperationKind.TAG, 42)).isEqualTo(new Outcome.Done<>(42));
    }

    @Test
    void an_outcome_with_a_failure_names_the_operation() {
        assertThat(Outcome.of(Optional.of(FAILURE), OperationKind.TAG, 42))
                .isEqualTo(new Outcome.Failed<>(OperationKind.TAG, FAILURE));
    }

    @Test
    void a_mapping_changes_the_value_and_keeps_a_failure() {
        assertThat(new Outcome.Done<>(42).map(value -> "request " + value)).isEqualTo(new Outcome.Done<>("request 42"));
        assertThat(new Outcome.Failed<Integer>(OperationKind.TAG, FAILURE).map(value -> "request " + value))
                .isEqualTo(new Outcome.Failed<>(OperationKind.TAG, FAILURE));
    }
}
