package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.AnswerChange;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.BodyChange;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.PartsLeftOut;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that read each duplicate before its first note, because the database may be older than what was done. */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class VerifyTest {
    private static final RunOptions VERIFY = new RunOptions(null, null, true, true);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_run_that_verifies_writes_nothing_that_is_there_and_writes_down_what_it_finds() {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            long before = night.sandbox.callCount();

            assertThat(night.run(VERIFY).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.writesSince(before)).isEmpty();
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) RestoredDatabase.REQUESTS));
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE operation = 'NOTE' AND state = 'DONE'"
                            + " AND reference LIKE 'cmd%' AND remote_id IS NOT NULL"))
                    .isEqualTo(RestoredDatabase.REQUESTS);
            assertThat(night.number("SELECT COUNT(*) FROM merge_request WHERE parent_note_key IS NULL"))
                    .isZero();
            Invariants.hold(night);
        }
    }

    @Test
    void what_is_missing_on_a_duplicate_is_done_by_a_run_that_verifies() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(RestoredDatabase.REQUESTS);
            night.sandbox.faults(
                    FaultPlan.always(call -> call.isFor("50001") && call.isClose(), Fault.UNPROCESSABLE_422));
            night.run();
            night.sandbox.faults(FaultPlan.none());
            long more = night.ask(1_001, 60_001);
            RestoredDatabase.forgetAll(night);

            assertThat(night.run(VERIFY).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.status(more)).isEqualTo("MERGED");
            assertThat(night.conversation(50_001).state()).isEqualTo("closed");
            assertThat(night.conversation(1_001).notes()).hasSize(2);
            Invariants.hold(night);
        }
    }

    static Stream<AnswerChange> reads_that_do_not_show_whether_a_note_is_there() {
        return Stream.of(
                BodyChange.NULL_BODY,
                BodyChange.cutAfter(10),
                PartsLeftOut.all(),
                PartsLeftOut.missingParts(),
                WrongAnswer.ofOtherConversation("1001"));
    }

    @ParameterizedTest
    @MethodSource("reads_that_do_not_show_whether_a_note_is_there")
    void a_run_that_verifies_writes_no_note_where_it_cannot_see_whether_one_is_there(AnswerChange change) {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            night.sandbox.answers(AnswerPlan.always(
                    call -> call.isRead()
                            && call.conversationId()
                                    .filter(id -> id.startsWith("50"))
                                    .isPresent(),
                    change));

            night.run(VERIFY);

            assertThat(RestoredDatabase.notesOnDuplicates(night)).isEqualTo(RestoredDatabase.REQUESTS);
            assertThat(night.standings()).doesNotContainKey("MERGED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPPER_CASE", "LETTERS_AS_NUMBERS", "PLAIN_TEXT", "BOLD_INSIDE_WORD"})
    void a_run_that_verifies_finds_notes_whatever_the_server_does_to_their_html(BodyChange change) {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            night.sandbox.answers(AnswerPlan.always(Arrival::isRead, change));

            assertThat(night.run(VERIFY).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) RestoredDatabase.REQUESTS));
            Invariants.hold(night);
        }
    }
}
