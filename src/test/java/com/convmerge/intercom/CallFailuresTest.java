package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the client treats calls that fail, over HTTP: which of them it sends again itself, and which it never does. */
class CallFailuresTest extends ClientOnSandbox {
    private static final String ADMIN = "991267459";
    private static final List<Duration> BACKOFF =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    @ParameterizedTest
    @EnumSource(
            names = {
                "DROP_BEFORE",
                "ERROR_500_BEFORE",
                "HTML_502_BEFORE",
                "UNAVAILABLE_503_BEFORE",
                "REQUEST_TIMEOUT_408_BEFORE",
                "BROKEN_JSON_BEFORE",
                "RATE_LIMITED_429_RETRY_AFTER"
            })
    void a_read_is_tried_again_after_any_passing_failure(Fault fault) {
        sandbox.faults(FaultPlan.on(call -> call.isRead(), fault, fault, fault));

        assertThat(ours.client().read(ID)).isInstanceOf(Answer.Ok.class);
        assertThat(arrived("GET")).isEqualTo(4);
        assertThat(ours.backoffs()).containsAll(BACKOFF);
    }

    @Test
    void a_read_is_given_up_after_the_last_try() {
        sandbox.faults(FaultPlan.always(call -> true, Fault.ERROR_500_BEFORE));

        Failure failure = failure(ours.client().read(ID));

        assertThat(failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
        assertThat(failure.code()).isEqualTo("server_error");
        assertThat(failure.intercomRequestId()).isNotBlank();
        assertThat(arrived("GET")).isEqualTo(4);
        assertThat(ours.backoffs()).isEqualTo(BACKOFF);
    }

    @ParameterizedTest
    @CsvSource({
        "DROP_BEFORE, no_answer, 0",
        "DROP_AFTER, no_answer, 1",
        "CUT_SHORT_AFTER, no_answer, 1",
        "ERROR_500_BEFORE, server_error, 0",
        "ERROR_500_AFTER, server_error, 1",
        "HTML_502_AFTER, http_502, 1",
        "UNAVAILABLE_503_AFTER, service_unavailable, 1",
        "REQUEST_TIMEOUT_408_AFTER, request_timeout, 1",
        "BROKEN_JSON_BEFORE, unreadable_answer, 0",
        "BROKEN_JSON_AFTER, unreadable_answer, 1"
    })
    void a_write_in_doubt_is_never_sent_again(Fault fault, String code, int notes) {
        sandbox.faults(FaultPlan.on(call -> call.isNote(), fault));

        Failure failure = failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

        assertThat(failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(arrived("POST")).isEqualTo(1);
        assertThat(sandbox.workspace().conversation("42").notes()).hasSize(notes);
        assertThat(ours.backoffs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT_BEFORE", "TIMEOUT_AFTER"})
    void a_write_that_times_out_is_in_doubt(Fault fault) {
        sandbox.faults(FaultPlan.on(call -> call.isNote(), fault));
        try (IntercomFixture impatient = new IntercomFixture(sandbox.url(), Duration.ofMillis(300))) {
            Failure failure = failure(impatient.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

            assertThat(failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(failure.httpStatus()).isNull();
        }
        assertThat(arrived("POST")).isEqualTo(1);
    }

    /** A redirect may follow an effect, as 303 does; a read has none. */
    @ParameterizedTest
    @EnumSource(names = {"REDIRECT_302", "REDIRECT_307", "REDIRECT_308"})
    void a_redirect_leaves_a_note_in_doubt_and_refuses_a_read(Fault fault) {
        sandbox.faults(FaultPlan.always(call -> true, fault));

        assertThat(failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"))
                        .kind())
                .isEqualTo(FailureKind.IN_DOUBT);
        assertThat(failure(ours.client().read(ID)).kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(arrived("POST")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED_401, STOPS_THE_RUN, unauthorized",
        "FORBIDDEN_PLAN_403, STOPS_THE_RUN, api_plan_restricted",
        "ADMIN_NOT_FOUND, STOPS_THE_RUN, admin_not_found",
        "NOT_FOUND_404, NOT_FOUND, not_found",
        "UNPROCESSABLE_422, REFUSED, parameter_invalid"
    })
    void a_failure_that_will_not_pass_is_not_tried_again(Fault fault, FailureKind kind, String code) {
        sandbox.faults(FaultPlan.always(call -> true, fault));

        assertThat(failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x")))
                .extracting(Failure::kind, Failure::code)
                .containsExactly(kind, code);
        assertThat(failure(ours.client().read(ID)).kind()).isEqualTo(kind);
        assertThat(arrived("POST")).isEqualTo(1);
        assertThat(arrived("GET")).isEqualTo(1);
    }

    @Test
    void a_write_that_the_rate_limit_refused_is_sent_again() {
        Fault tooMany = Fault.RATE_LIMITED_429_RETRY_AFTER;
        sandbox.faults(FaultPlan.on(call -> call.isNote(), tooMany, tooMany, tooMany));

        assertThat(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"))
                .isInstanceOf(Answer.Ok.class);
        assertThat(arrived("POST")).isEqualTo(4);
        assertThat(sandbox.workspace().conversation("42").notes()).hasSize(1);
        assertThat(ours.backoffs()).isEqualTo(BACKOFF);
    }

    @Test
    void a_refused_connection_means_not_sent_and_is_tried_again() {
        URI nobody = sandbox.url();
        sandbox.close();
        try (IntercomFixture lonely = new IntercomFixture(nobody)) {
            Failure failure = failure(lonely.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

            assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
            assertThat(failure.code()).isEqualTo("no_connection");
            assertThat(lonely.backoffs()).isEqualTo(BACKOFF);
        }
    }

    @Test
    void an_unknown_host_means_not_sent() {
        try (IntercomFixture lost = new IntercomFixture(URI.create("https://nowhere.invalid"))) {
            assertThat(failure(lost.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"))
                            .kind())
                    .isEqualTo(FailureKind.NOT_SENT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_AFTER", "CUT_SHORT_AFTER", "ERROR_500_AFTER", "BROKEN_JSON_AFTER", "UNAUTHORIZED_401"})
    void a_failed_call_is_no_longer_in_flight_for_the_rate_window(Fault fault) {
        ours.client().me();
        sandbox.faults(FaultPlan.on(call -> call.isNote(), fault));
        failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

        assertThat(ours.usedAfterAMinute()).isZero();
    }

    @Test
    void an_interrupted_caller_sends_nothing_and_stays_interrupted() {
        Thread.currentThread().interrupt();

        Failure failure = failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo("halted");
        assertThat(sandbox.callCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED_401", "DROP_AFTER", "HTML_502_AFTER", "BROKEN_JSON_AFTER"})
    void no_failure_shows_the_token(Fault fault) {
        sandbox.faults(FaultPlan.always(call -> true, fault));

        Failure failure = failure(ours.client().note(ID, ADMIN, Departure.REPEATABLE, () -> "x"));

        assertThat(failure.describe() + failure).doesNotContain(Sandbox.TOKEN);
    }

    private long arrived(String method) {
        return sandbox.calls().stream()
                .filter(call -> call.method().equals(method))
                .count();
    }

    private static Failure failure(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure();
    }
}
