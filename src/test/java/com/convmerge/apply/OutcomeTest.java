package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Failure FAILURE = Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", "refused");

    @Test
    void a_mapping_changes_the_value_and_keeps_a_failure_and_a_doubt() {
        assertThat(new Outcome.Done<>(42).map(value -> "request " + value)).isEqualTo(new Outcome.Done<>("request 42"));
        assertThat(new Outcome.Failed<Integer>(OperationKind.TAG, FAILURE).map(value -> "request " + value))
                .isEqualTo(new Outcome.Failed<>(OperationKind.TAG, FAILURE));
        Instant since = Instant.parse("2026-11-25T03:00:00Z");
        assertThat(new Outcome.InDoubt<Integer>(OperationKind.TAG, FAILURE, since, true)
                        .map(value -> "request " + value))
                .isEqualTo(new Outcome.InDoubt<>(OperationKind.TAG, FAILURE, since, true));
    }
}
