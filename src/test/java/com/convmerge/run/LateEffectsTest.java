package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.SETTLE_TIME;
import static com.convmerge.run.NoteInDoubt.calls;
import static com.convmerge.run.NoteInDoubt.noteOn;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Notes that appear a good while after the end of their calls, or never, on each database. In each night every conversation meets
 * another fault.
 */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class LateEffectsTest {
    private static final long FIRST_DUPLICATE = 11;

    private static final List<Fault> WITH_EFFECT = List.of(
            Fault.GATEWAY_504_AFTER,
            Fault.DROP_AFTER,
            Fault.CUT_SHORT_AFTER,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_AFTER,
            Fault.UNAVAILABLE_503_AFTER,
            Fault.REQUEST_TIMEOUT_408_AFTER,
            Fault.BROKEN_JSON_AFTER);

    private static final List<Fault> WITHOUT_EFFECT = List.of(
            Fault.GATEWAY_504_BEFORE,
            Fault.DROP_BEFORE,
            Fault.ERROR_500_BEFORE,
            Fault.HTML_502_BEFORE,
            Fault.UNAVAILABLE_503_BEFORE,
            Fault.REQUEST_TIMEOUT_408_BEFORE,
            Fault.BROKEN_JSON_BEFORE);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @ParameterizedTest
    @ValueSource(ints = {10, 15, 30, 90, 14 * 60})
    void a_note_that_appears_late_is_found_by_the_same_run_and_not_sent_again(int seconds) {
        try (BatchFixture night = nightWith(WITH_EFFECT)) {
            night.sandbox.lateEffects(
                    DelayPlan.always(LateEffectsTest::isNoteOnDuplicate, Duration.ofSeconds(seconds)));

            assertEachIsMergedWithOneNote(night, WITH_EFFECT, 1);
        }
    }

    @Test
    void a_note_whose_call_timed_out_and_that_appears_late_is_found_and_not_sent_again() {
        List<Fault> timeout = List.of(Fault.TIMEOUT_AFTER);
        try (BatchFixture night = nightWith(timeout, "convmerge.intercom.call-timeout=3s")) {
            night.sandbox.lateEffects(DelayPlan.on(noteOn(FIRST_DUPLICATE), Duration.ofSeconds(90)));

            assertEachIsMergedWithOneNote(night, timeout, 1);
        }
    }

    @Test
    void a_note_that_never_appears_is_sent_again_by_the_same_run_when_the_settle_time_is_over_and_not_before() {
        try (BatchFixture night = nightWith(WITHOUT_EFFECT)) {
            assertEachIsMergedWithOneNote(night, WITHOUT_EFFECT, 2);

            for (int i = 0; i < WITHOUT_EFFECT.size(); i++) {
                List<Instant> sent = calls(night, noteOn(FIRST_DUPLICATE + i)).stream()
                        .map(Call::at)
                        .toList();
                assertThat(Duration.between(sent.get(0), sent.get(1)))
                        .as("pause after %s", WITHOUT_EFFECT.get(i))
                        .isBetween(SETTLE_TIME, SETTLE_TIME.plusSeconds(1));
                assertThat(written(night, FIRST_DUPLICATE + i))
                        .singleElement()
                        .satisfies(note -> assertThat(note.arrivedAt()).isEqualTo(sent.get(1)));
            }
        }
    }

    @Test
    void a_short_settle_time_is_kept_too() {
        List<Fault> fault = List.of(Fault.GATEWAY_504_BEFORE);
        try (BatchFixture night = nightWith(fault, "convmerge.in-doubt.settle-time=40s")) {
            assertEachIsMergedWithOneNote(night, fault, 2);

            List<Call> sent = calls(night, noteOn(FIRST_DUPLICATE));
            assertThat(Duration.between(sent.get(0).at(), sent.get(1).at())).isEqualTo(Duration.ofSeconds(40));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void a_note_that_reads_show_late_is_found_and_not_sent_again(int seconds) {
        try (BatchFixture night = nightWith(WITH_EFFECT)) {
            night.clock.advance(Duration.ofHours(1));
            night.sandbox.staleReads(DelayPlan.always(Arrival::isRead, Duration.ofSeconds(seconds)));

            assertEachIsMergedWithOneNote(night, WITH_EFFECT, 1);
        }
    }

    @Test
    void tags_and_closes_that_happen_late_are_repeated_and_the_notes_are_not() {
        try (BatchFixture night = nightWith(List.of())) {
            night.ask(1, FIRST_DUPLICATE);
            night.sandbox.faults(FaultPlan.on(Arrival::isTag, Fault.GATEWAY_504_AFTER)
                    .and(FaultPlan.on(Arrival::isClose, Fault.DROP_AFTER)));
            night.sandbox.lateEffects(DelayPlan.on(
                    arrival -> arrival.isTag() || arrival.isClose(), Duration.ofSeconds(30), Duration.ofSeconds(30)));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 1L));
            assertThat(written(night, FIRST_DUPLICATE)).hasSize(1);
            assertThat(night.conversation(FIRST_DUPLICATE).state()).isEqualTo("closed");
        }
    }

    /** The n-th conversation meets the n-th fault with its first note. */
    private BatchFixture nightWith(List<Fault> faults, String... settings) {
        BatchFixture night = BatchFixture.on(kind.create(), settings);
        FaultPlan plan = FaultPlan.none();
        for (int i = 0; i < faults.size(); i++) {
            night.ask(1, FIRST_DUPLICATE + i);
            plan = plan.and(FaultPlan.on(noteOn(FIRST_DUPLICATE + i), faults.get(i)));
        }
        night.sandbox.faults(plan);
        return night;
    }

    private static boolean isNoteOnDuplicate(Arrival arrival) {
        return arrival.isNote() && !arrival.isFor("1");
    }

    private static void assertEachIsMergedWithOneNote(BatchFixture night, List<Fault> faults, int sent) {
        RunEnd end = night.run();

        assertThat(end.kind()).as(end.message()).isEqualTo(RunEnd.Kind.COMPLETED);
        assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) faults.size()));
        for (int i = 0; i < faults.size(); i++) {
            assertThat(written(night, FIRST_DUPLICATE + i))
                    .as("notes after %s", faults.get(i))
                    .hasSize(1);
            assertThat(calls(night, noteOn(FIRST_DUPLICATE + i)))
                    .as("calls with a note, the first of which met %s", faults.get(i))
                    .hasSize(sent);
        }
        assertThat(night.sandbox.workspace().effectsToCome()).isZero();
        Invariants.hold(night);
    }
}
