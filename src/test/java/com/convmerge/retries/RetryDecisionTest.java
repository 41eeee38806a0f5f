package com.convmerge.retries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryDecisionTest {
    @Test
    void what_happens_next_is_shown_to_the_second() {
        assertThat(new RetryDecision(1, Instant.parse("2026-08-21T01:15:00.123Z")).next())
                .isEqualTo("tried again by the first run after 2026-08-21 01:15:00 UTC");
    }

    @Test
    void what_was_given_up_is_shown_with_the_command_that_tries_it_again() {
        assertThat(new RetryDecision(6, null).next()).isEqualTo("given up; 'retries release' tries it again");
    }
}
