package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.apply.Outcome;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When something in doubt is looked for again. All times are seconds after the end of its last call. */
class DoubtTest {
    private static final Instant SINCE = TestClock.START;
    private static final Duration SETTLE_TIME = Duration.ofMinutes(15);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(6));
    private static final Failure SILENCE = Failure.withoutAnswer(FailureKind.IN_DOUBT, "no_answer", "cut");

    @Test
    void it_is_looked_for_after_the_pauses_and_then_each_time_when_it_is_twice_as_old_and_last_when_it_is_settled() {
        List<Long> looks = new ArrayList<>();
        for (long looked = 0; looked < SETTLE_TIME.toSeconds(); looked = looks.get(looks.size() - 1)) {
            looks.add(secondsToNextLook(looked, PAUSES, SETTLE_TIME));
        }

        assertThat(looks).containsExactly(2L, 8L, 17L, 35L, 71L, 143L, 287L, 575L, 900L);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 8", "7, 8", "8, 17", "449, 899", "450, 900", "600, 900", "900, 900", "5000, 900"})
    void a_look_at_any_time_has_a_next_one_and_none_is_planned_after_the_settle_time(long looked, long next) {
        assertThat(secondsToNextLook(looked, PAUSES, SETTLE_TIME)).isEqualTo(next);
    }

    @Test
    void a_settle_time_that_is_shorter_than_the_pauses_ends_them() {
        assertThat(secondsToNextLook(0, PAUSES, Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(secondsToNextLook(0, PAUSES, Duration.ZERO)).isZero();
    }

    @Test
    void pauses_of_no_length_do_not_stop_the_time() {
        assertThat(secondsToNextLook(0, List.of(Duration.ZERO), SETTLE_TIME)).isEqualTo(1);
        assertThat(secondsToNextLook(1, List.of(Duration.ZERO, Duration.ZERO), SETTLE_TIME))
                .isEqualTo(3);
    }

    @Test
    void it_is_settled_when_the_settle_time_has_passed_since_its_call_whenever_it_was_looked_for() {
        assertThat(doubt(0).settledAt(SETTLE_TIME)).isEqualTo(SINCE.plus(SETTLE_TIME));
        assertThat(doubt(700).settledAt(SETTLE_TIME)).isEqualTo(SINCE.plus(SETTLE_TIME));
    }

    @Test
    void it_is_as_old_as_the_gate_says_and_looked_for_now() {
        Instant now = SINCE.plusSeconds(30);

        assertThat(Doubt.of(7L, new Outcome.InDoubt<>(OperationKind.NOTE, SILENCE, SINCE, false), now))
                .isEqualTo(new Doubt<>(7L, OperationKind.NOTE, SILENCE, SINCE, now));
    }

    private static long secondsToNextLook(long looked, List<Duration> pauses, Duration settleTime) {
        return Duration.between(SINCE, doubt(looked).nextLook(pauses, settleTime))
                .toSeconds();
    }

    private static Doubt<Long> doubt(long lookedAfter) {
        return new Doubt<>(7L, OperationKind.NOTE, SILENCE, SINCE, SINCE.plusSeconds(lookedAfter));
    }
}
