package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.AnswerChange;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.BodyChange;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.PartsLeftOut;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A note in doubt, looked for in answers that are old, incomplete or changed on their way. */
class ChangedAnswersTest {
    private static final Database DATABASE = Databases.h2();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL_BODY")
    void a_note_that_was_written_is_found_whatever_the_server_does_to_its_html(BodyChange change) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            leaveInDoubt(gate, Fault.DROP_AFTER);
            gate.sandbox.answers(AnswerPlan.always(Arrival::isRead, change));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "read", "read", "tag", "close");
            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    private static final List<Arguments> HIDE_A_WRITTEN_NOTE = List.of(
            Arguments.of("its body is null", BodyChange.NULL_BODY),
            Arguments.of("its body is cut", BodyChange.cutAfter(10)),
            Arguments.of("its body is empty", AnswerChange.ofBodies(body -> "")),
            Arguments.of("its body is another", AnswerChange.ofBodies(body -> "<p>removed by a filter</p>")));

    private static final List<Arguments> HIDE_ANY_PART = List.of(
            Arguments.of("the newest part is missing", PartsLeftOut.newest(1)),
            Arguments.of("two parts are missing", PartsLeftOut.newest(2)),
            Arguments.of("only the first page is listed", PartsLeftOut.firstPage(2)),
            Arguments.of("no part is listed", PartsLeftOut.all()),
            Arguments.of("the list is null", PartsLeftOut.nullList()),
            Arguments.of("the parts are null", PartsLeftOut.nullParts()),
            Arguments.of("the parts are not in the answer", PartsLeftOut.missingParts()),
            Arguments.of(
                    "the note and the count are missing", PartsLeftOut.newest(1).and(PartsLeftOut.missingCount())),
            Arguments.of(
                    "the note is missing and the count is too large",
                    PartsLeftOut.newest(1).and(PartsLeftOut.countWrongBy(3))),
            Arguments.of("the answer is about another conversation", WrongAnswer.ofOtherConversation("9001")));

    @ParameterizedTest(name = "{0}")
    @FieldSource({"HIDE_A_WRITTEN_NOTE", "HIDE_ANY_PART"})
    void a_note_that_was_written_and_is_hidden_is_never_written_again(String how, AnswerChange change) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 3);
            leaveInDoubt(gate, Fault.GATEWAY_504_AFTER);
            gate.sandbox.answers(AnswerPlan.always(Arrival::isRead, change));

            assertInDoubtForEver(gate, how);

            assertThat(notes(gate)).isEqualTo(1);
            gate.sandbox.answers(AnswerPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("HIDE_ANY_PART")
    void a_note_that_was_not_written_waits_for_a_complete_answer(String how, AnswerChange change) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 3);
            leaveInDoubt(gate, Fault.GATEWAY_504_BEFORE);
            gate.sandbox.answers(AnswerPlan.always(Arrival::isRead, change));

            assertInDoubtForEver(gate, how);

            assertThat(notes(gate)).isZero();
            gate.sandbox.answers(AnswerPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    private static final List<AnswerChange> HIDE_OTHER_PARTS = List.of(
            PartsLeftOut.oldest(1),
            PartsLeftOut.oldest(3),
            PartsLeftOut.missingCount(),
            PartsLeftOut.countWrongBy(-1),
            PartsLeftOut.countWrongBy(100));

    @ParameterizedTest
    @FieldSource("HIDE_OTHER_PARTS")
    void a_note_that_an_incomplete_answer_shows_is_found(AnswerChange change) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 3);
            leaveInDoubt(gate, Fault.DROP_AFTER);
            gate.sandbox.answers(AnswerPlan.always(Arrival::isRead, change));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_part_that_is_missing_at_random_never_lets_a_note_be_written_twice(long seed) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 1);
            leaveInDoubt(gate, Fault.DROP_AFTER);
            gate.sandbox.answers(AnswerPlan.always(Arrival::isRead, PartsLeftOut.oneAtRandom(seed)));
            gate.clock.advance(GateOnSandbox.SETTLE_TIME);

            gate.apply();

            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void a_note_that_reads_show_late_is_not_written_again(int seconds) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            // What is read after the start of the test is not older than its conversations.
            gate.clock.advance(Duration.ofHours(1));
            gate.sandbox.staleReads(DelayPlan.always(Arrival::isRead, Duration.ofSeconds(seconds)));
            leaveInDoubt(gate, Fault.DROP_AFTER);
            gate.clock.advance(Duration.ofSeconds(seconds - 1));

            assertThat(gate.apply()).isInstanceOf(Outcome.InDoubt.class);
            gate.clock.advance(Duration.ofSeconds(1));
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "read", "read", "read", "tag", "close");
            assertThat(notes(gate)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 900", "60, 900", "420, 900", "421, 899", "1319, 1", "1320, 0", "86400, 0"})
    void the_call_of_a_killed_run_ended_when_it_is_found_but_at_most_seven_minutes_after_its_claim(
            long foundAfter, long sentAfterThat) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            Instant claimed = gate.clock.instant();
            gate.claimedNote(gate.key(OperationKind.NOTE), OperationKind.NOTE, DUPLICATE, "cmdkqzwbtfxh", claimed);
            gate.clock.advance(Duration.ofSeconds(foundAfter));

            if (sentAfterThat > 0) {
                assertThat(gate.applyAndDoubt().since()).isBeforeOrEqualTo(claimed.plus(Duration.ofMinutes(7)));
                gate.clock.advance(Duration.ofSeconds(sentAfterThat - 1));
                gate.applyAndDoubt();
                gate.clock.advance(Duration.ofSeconds(1));
            }
            assertThat(gate.calls()).doesNotContain("note");
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(notes(gate)).isEqualTo(1);
            assertThat(gate.reference(gate.key(OperationKind.NOTE))).isEqualTo("cmdkqzwbtfxh");
        }
    }

    @Test
    void a_note_that_the_ledger_says_was_refused_or_not_sent_is_sent_at_once() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.UNPROCESSABLE_422, Fault.UNAUTHORIZED_401));
            gate.applyAndFail();
            gate.applyAndFail();

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "note", "note", "tag", "close");
        }
    }

    private static void leaveInDoubt(GateOnSandbox gate, Fault fault) {
        gate.sandbox.faults(FaultPlan.on(Arrival::isNote, fault));
        assertThat(gate.applyAndDoubt().operation()).isEqualTo(OperationKind.NOTE);
    }

    private static void assertInDoubtForEver(GateOnSandbox gate, String how) {
        for (Duration wait : Collections.nCopies(3, GateOnSandbox.SETTLE_TIME)) {
            assertThat(gate.apply()).as(how).isInstanceOf(Outcome.InDoubt.class);
            gate.clock.advance(wait);
        }
        assertThat(gate.apply()).as(how).isInstanceOf(Outcome.InDoubt.class);
        assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
        assertThat(gate.calls())
                .startsWith("note")
                .filteredOn(call -> !call.equals("read"))
                .containsExactly("note");
    }

    private static int notes(GateOnSandbox gate) {
        return gate.sandbox.workspace().notesWritten(DUPLICATE).size();
    }
}
