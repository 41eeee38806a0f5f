package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.sandbox.AnswerChange;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.WrongAnswer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client does when Intercom asks it to wait, over HTTP. */
class AskedToWaitTest extends ClientOnSandbox {
    @Test
    void a_wait_that_is_too_long_stops_the_run_and_says_what_intercom_asks_for() {
        answer(Fault.RATE_LIMITED_429, WrongAnswer.retryAfter(Duration.ofDays(1)));

        assertStopped("(Retry-After of 86,400 s), 86,400 s in all, which is longer than"
                + " convmerge.intercom.longest-wait (600 s). No request was blamed for it");
        assertThat(sandbox.callCount()).isEqualTo(1);
    }

    @Test
    void a_limit_that_is_used_up_for_too_long_stops_the_run() {
        answer(
                Fault.RATE_LIMITED_429,
                WrongAnswer.rateLimit(1_666, 0).and(WrongAnswer.rateLimitReset(Duration.ofHours(1))));

        assertStopped("(the limit is used up until X-RateLimit-Reset)");
        assertThat(sandbox.callCount()).isEqualTo(1);
    }

    @Test
    void a_limit_of_zero_stops_the_run_when_it_has_lasted_too_long() {
        sandbox.answers(AnswerPlan.always(call -> true, answer -> {
            WrongAnswer.rateLimit(0, 0).change(answer);
            long reset = ours.clock().instant().plusSeconds(10).getEpochSecond();
            answer.header("X-RateLimit-Reset", String.valueOf(reset));
            answer.header("Date", date(Duration.ZERO));
        }));

        Answer<?> last = ours.client().me();
        for (int calls = 0; calls < 100 && last instanceof Answer.Ok; calls++) {
            last = ours.client().me();
        }

        assertThat(failure(last).message()).contains("(X-RateLimit-Limit of 0)");
        assertThat(ours.totalSleep()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
    }

    @Test
    void a_503_with_retry_after_is_obeyed_and_a_note_is_not_sent_twice() {
        answer(Fault.UNAVAILABLE_503_BEFORE, WrongAnswer.retryAfter(Duration.ofSeconds(40)));

        assertThat(failure(ours.client().note(ID, "991267459", Departure.REPEATABLE, () -> "x"))
                        .kind())
                .isEqualTo(FailureKind.IN_DOUBT);
        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);
        assertThat(ours.totalSleep()).isEqualTo(Duration.ofSeconds(40));
        assertThat(sandbox.callCount()).isEqualTo(2);
    }

    @Test
    void retry_after_may_be_a_date() {
        sandbox.faults(FaultPlan.on(call -> true, Fault.RATE_LIMITED_429));
        sandbox.answers(AnswerPlan.on(call -> true, answer -> {
            answer.header("Date", date(Duration.ZERO));
            answer.header("Retry-After", date(Duration.ofSeconds(40)));
        }));

        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);
        assertThat(ours.totalSleep()).isEqualTo(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "000", "-5", "soon"})
    void an_absurd_retry_after_breaks_nothing(String value) {
        answer(Fault.UNAVAILABLE_503_BEFORE, WrongAnswer.retryAfter(value));

        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);
        assertThat(sandbox.callCount()).isEqualTo(2);
        assertThat(ours.totalSleep()).isLessThan(Duration.ofSeconds(15));
    }

    private void answer(Fault fault, AnswerChange change) {
        sandbox.faults(FaultPlan.on(call -> true, fault));
        sandbox.answers(AnswerPlan.on(call -> true, change));
    }

    private void assertStopped(String words) {
        Failure failure = failure(ours.client().read(ID));
        assertThat(failure.kind()).isEqualTo(FailureKind.STOPS_THE_RUN);
        assertThat(failure.code()).isEqualTo("asked_to_wait");
        assertThat(failure.message())
                .startsWith("Intercom asks to wait until 20")
                .contains(words);
        assertThat(ours.totalSleep()).as("only the backoff").isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    private String date(Duration ahead) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ours.clock().instant().plus(ahead).atOffset(ZoneOffset.UTC));
    }

    private static Failure failure(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure();
    }
}
