package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How old a doubt is, whatever happens to the wall clock. */
class CallEndsTest {
    private static final OperationKey KEY = new OperationKey("r1/note");
    private static final Duration LONGEST = Duration.ofMinutes(7);

    private final TestClock clock = new TestClock();
    private final CallEnds ends = new CallEnds(clock, clock.steady());

    @Test
    void a_call_of_this_run_is_as_old_as_time_has_passed_although_the_wall_clock_was_set() {
        ends.endedNow(KEY);
        Instant written = clock.instant();
        clock.jump(Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(3));

        assertThat(age(entry(written, written))).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void a_call_of_an_earlier_run_is_as_old_as_the_ledger_said_at_the_beginning_and_then_as_time_passes() {
        LedgerEntry entry = entry(TestClock.START.minusSeconds(900), TestClock.START.minusSeconds(600));
        clock.jump(Duration.ofHours(-2));
        clock.advance(Duration.ofMinutes(1));

        assertThat(age(entry)).isEqualTo(Duration.ofMinutes(11));
    }

    @Test
    void a_call_whose_end_is_not_written_down_has_ended_by_now_or_after_the_longest_time() {
        LedgerEntry old = entry(TestClock.START.minusSeconds(900), null);
        assertThat(ends.endedAfter(old, LONGEST)).isEqualTo(Duration.ofMinutes(8));
        assertThat(age(old)).isEqualTo(Duration.ofMinutes(8));

        LedgerEntry fresh = entry(TestClock.START.minusSeconds(60), null);
        assertThat(ends.endedAfter(fresh, LONGEST)).isZero();
        assertThat(age(fresh)).isZero();
    }

    private Duration age(LedgerEntry entry) {
        return Duration.between(ends.of(entry), ends.now());
    }

    private static LedgerEntry entry(Instant sent, @Nullable Instant settled) {
        return new LedgerEntry(
                KEY,
                OperationKind.NOTE,
                1L,
                ConversationId.of(11),
                LedgerState.IN_DOUBT,
                "cmabc",
                1,
                sent,
                sent,
                settled,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1);
    }
}
