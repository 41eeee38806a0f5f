package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.convmerge.sandbox.AnswerChange;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.BodyChange;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.PartsLeftOut;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run sends no second note before it has found its first one at Intercom again, on each database. */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class CanaryTest {
    private static final int REQUESTS = 30;
    private static final String NOT_FOUND =
            "the first note, on conversation 500\\d\\d, was accepted, but neither its answer"
                    + " nor a read shows it: .* No further note was sent\\. .*";

    private static final List<Arguments> HIDE_NOTES = List.of(
            Arguments.of("the newest note is left out", WrongAnswer.withoutNewestNote()),
            Arguments.of("no part is listed", PartsLeftOut.all()),
            Arguments.of("the parts are missing", PartsLeftOut.missingParts()),
            Arguments.of("bodies are null", BodyChange.NULL_BODY),
            Arguments.of("bodies are cut", BodyChange.cutAfter(10)),
            Arguments.of("bodies are replaced", AnswerChange.ofBodies(body -> "<p>removed by a filter</p>")));

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @ParameterizedTest(name = "{0}")
    @FieldSource("HIDE_NOTES")
    void a_run_whose_first_note_cannot_be_found_again_writes_no_second_one_and_blames_no_request(
            String how, AnswerChange change) {
        try (BatchFixture night = night()) {
            night.sandbox.answers(AnswerPlan.always(arrival -> arrival.isNote() || arrival.isRead(), change));

            RunEnd end = night.run();

            assertThat(end.kind()).as(how).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).matches(NOT_FOUND);
            assertThat(notesWritten(night)).isEqualTo(1);
            assertThat(notesSent(night)).isEqualTo(1);
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", (long) REQUESTS));
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry")).isZero();
        }
    }

    @Test
    void when_the_answers_are_true_again_a_restart_does_the_rest() {
        try (BatchFixture night = night()) {
            night.sandbox.answers(AnswerPlan.always(arrival -> true, PartsLeftOut.all()));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
            night.sandbox.answers(AnswerPlan.none());

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("HIDE_NOTES")
    void a_run_whose_first_note_is_found_by_reading_goes_on(String how, AnswerChange change) {
        try (BatchFixture night = night()) {
            night.sandbox.answers(AnswerPlan.always(Arrival::isNote, change));

            assertThat(night.run().kind()).as(how).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(NoteInDoubt.calls(
                            night, arrival -> arrival.isRead() && arrival.path().contains("/500")))
                    .as("reads of duplicates, whose notes their own answers do not show")
                    .hasSize(REQUESTS);
            Invariants.hold(night);
        }
    }

    @Test
    void the_first_note_is_alone_until_it_is_answered() {
        try (BatchFixture night = BatchFixture.on(kind.create(), "convmerge.intercom.call-timeout=2m")) {
            night.askMany(REQUESTS);
            AtomicLong sent = new AtomicLong();
            AtomicLong sentBeforeTheAnswer = new AtomicLong();
            night.sandbox.faults(arrival -> {
                if (arrival.isNote() && sent.incrementAndGet() == 1) {
                    // Either other workers wait for this answer, or a second note arrives.
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> workersWaitingForTheFirstNote() >= BatchFixture.WORKERS / 2 || sent.get() > 1);
                    sentBeforeTheAnswer.set(sent.get());
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).as(end.message()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(sentBeforeTheAnswer).hasValue(1);
            Invariants.hold(night);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND_404", "ERROR_500_BEFORE", "GATEWAY_504_AFTER", "UNPROCESSABLE_422"})
    void a_first_note_that_failed_does_not_stop_the_run(Fault fault) {
        try (BatchFixture night = night()) {
            night.sandbox.faults(FaultPlan.on(Arrival::isNote, fault));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings().get("MERGED"))
                    .isEqualTo(fault == Fault.UNPROCESSABLE_422 ? REQUESTS - 1L : REQUESTS);
            Invariants.hold(night);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND_404", "ERROR_500_BEFORE", "UNPROCESSABLE_422"})
    void a_first_note_that_failed_does_not_take_the_place_of_one_that_is_found_again(Fault fault) {
        try (BatchFixture night = night()) {
            night.sandbox.faults(FaultPlan.on(Arrival::isNote, fault, fault, fault));
            night.sandbox.answers(AnswerPlan.always(
                    arrival -> arrival.isNote() || arrival.isRead(), WrongAnswer.withoutNewestNote()));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).matches(NOT_FOUND);
            assertThat(notesWritten(night)).isEqualTo(1);
            assertThat(notesSent(night)).isEqualTo(4);
            assertThat(night.standings().get("PENDING"))
                    .isEqualTo(fault == Fault.UNPROCESSABLE_422 ? REQUESTS - 3L : REQUESTS);
        }
    }

    private BatchFixture night() {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(REQUESTS);
        return night;
    }

    private static int notesWritten(BatchFixture night) {
        return night.sandbox.workspace().conversations().stream()
                .map(ConversationView::id)
                .mapToInt(id -> night.sandbox.workspace().notesWritten(id).size())
                .sum();
    }

    private static long notesSent(BatchFixture night) {
        return night.sandbox.calls().stream().filter(Call::isNote).count();
    }

    /** Nothing but its stack says what a thread waits for. */
    private static long workersWaitingForTheFirstNote() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> isIn("NoteWatch", stack) && isIn("ReentrantLock", stack))
                .count();
    }

    private static boolean isIn(String type, StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().contains(type));
    }
}
