package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.apply.Preflight;
import com.convmerge.preview.DryRun;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nights in which Intercom asks to wait. No time passes while they wait. */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class AskedToWaitNightTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private static final int REQUESTS = 60;

    @Test
    void a_night_that_is_asked_to_wait_for_long_ends_blames_no_request_and_can_be_restarted() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            askToWait(night, Arrival::isNote, Duration.ofDays(1));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message())
                    .startsWith("Intercom asks to wait until 2026-08-22")
                    .contains("Retry-After of 86,400 s", "No request was blamed");
            assertThat(night.standings()).containsOnlyKeys("PENDING");
            night.clock.advance(Duration.ofDays(1));
            stopAsking(night);
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    @Test
    void a_night_that_is_asked_to_wait_at_its_start_failed_and_is_not_misconfigured() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(3);
            askToWait(night, call -> true, Duration.ofDays(1));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).startsWith("Intercom asks to wait until 2026-08-22");
            Assertions.assertThatThrownBy(() -> night.part(DryRun.class).plan(null))
                    .isInstanceOf(Preflight.Refused.class)
                    .hasMessageStartingWith("Intercom asks to wait until 2026-08-22");
        }
    }

    @Test
    void a_night_does_not_wait_past_its_deadline() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            askToWait(night, Arrival::isNote, Duration.ofMinutes(9));
            Instant until = night.clock.instant().plus(Duration.ofMinutes(5));

            RunEnd end = night.run(new RunOptions(null, until, false, true));

            assertThat(end)
                    .isEqualTo(new RunEnd(
                            1, RunEnd.Kind.STOPPED, "Intercom lets no call leave before the time is up (--until)"));
            assertThat(night.clock.instant()).isBefore(until);
            assertThat(night.standings()).containsOnlyKeys("PENDING");
        }
    }

    @Test
    void a_shorter_wait_is_waited_for() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            night.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.RATE_LIMITED_429));
            night.sandbox.answers(AnswerPlan.on(Arrival::isNote, WrongAnswer.retryAfter(Duration.ofMinutes(9))));
            Instant began = night.clock.instant();

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(Duration.between(began, night.clock.instant())).isGreaterThan(Duration.ofMinutes(9));
        }
    }

    private static void askToWait(BatchFixture night, Predicate<Arrival> matching, Duration time) {
        night.sandbox.faults(FaultPlan.always(matching, Fault.RATE_LIMITED_429));
        night.sandbox.answers(AnswerPlan.always(matching, WrongAnswer.retryAfter(time)));
    }

    private static void stopAsking(BatchFixture night) {
        night.sandbox.faults(FaultPlan.none());
        night.sandbox.answers(AnswerPlan.none());
    }
}
