package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStatusTest {
    @Test
    void the_transitions_are_those_of_the_table_and_no_others() {
        List<String> transitions = Arrays.stream(RequestStatus.values())
                .flatMap(from -> Arrays.stream(RequestStatus.values())
                        .filter(from::mayBecome)
                        .map(to -> from + " to " + to))
                .toList();

        assertThat(transitions)
                .containsExactlyInAnyOrder(
                        "PENDING to MERGED",
                        "PENDING to RETRY",
                        "PENDING to FAILED",
                        "PENDING to REJECTED",
                        "RETRY to PENDING",
                        "RETRY to MERGED",
                        "RETRY to REJECTED",
                        "RETRY to FAILED",
                        "FAILED to PENDING",
                        "FAILED to FAILED",
                        "MERGED to UNDONE");
    }
}
