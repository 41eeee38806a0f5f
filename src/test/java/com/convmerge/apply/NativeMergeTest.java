package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static com.convmerge.apply.GateOnSandbox.PARENT;
import static com.convmerge.apply.GateOnSandbox.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.Departure;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intercom's own merge when its call is answered: what is done, and what each refusal means with each strategy. */
@OnEachDatabase
class NativeMergeTest {
    private final Database database;

    NativeMergeTest(Database database) {
        this.database = database;
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"NATIVE", "NATIVE_THEN_LINK"})
    void a_request_takes_a_note_a_tag_and_the_merge_and_no_other_call(Strategy strategy) {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(strategy))) {
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "MERGE");
            assertMerged(gate);
            assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("none");
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(gate.calls()).hasSize(3);
        }
    }

    @Test
    void the_note_moves_along_and_says_from_where_and_why() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.apply();

            assertThat(gate.sandbox.workspace().conversation(PARENT).noteBodies())
                    .singleElement()
                    .asString()
                    .contains("Merged from", "conversation " + DUPLICATE, "because: asked twice")
                    .contains("ref " + gate.reference(gate.key(OperationKind.NOTE)));
        }
    }

    @Test
    void the_ledger_says_which_pair_it_was() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.apply();

            assertThat(gate.reference(gate.key(OperationKind.MERGE_NATIVE))).isEqualTo(PARENT);
        }
    }

    @Test
    void the_strategy_of_the_request_overrides_that_of_the_settings() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            assertThat(gate.apply(gate.request.by(Strategy.LINK), () -> true)).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "close");
            assertThat(gate.duplicate().mergedInto()).isNull();
        }
    }

    @Test
    void a_token_that_is_refused_for_every_call_ends_the_run_and_blames_no_request() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.sandbox.faults(
                    FaultPlan.always(arrival -> arrival.isMerge() || arrival.isRead(), Fault.FORBIDDEN_PLAN_403));

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.STOPS_THE_RUN);

            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("NOT_SENT");
        }
    }

    @Test
    void a_call_that_intercom_has_no_time_for_is_made_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.RATE_LIMITED_429));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMerged(gate);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"NATIVE", "NATIVE_THEN_LINK"})
    void what_somebody_else_has_merged_before_is_not_said_to_be_merged(Strategy strategy) {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(strategy))) {
            gate.sandbox.workspace().addConversation("9009");
            gate.client().mergeNative(ConversationId.of(9002), ConversationId.of(9009), Departure.REPEATABLE);

            Failure failure = refusal(gate);

            assertThat(failure.code()).isEqualTo("merge_failed");
            assertThat(failure.message()).contains("already been merged", "not done for this request");
            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("REFUSED");
            assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("none");
        }
    }

    @Test
    void killed_between_the_refusal_and_the_close_it_goes_on_with_the_close() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE_THEN_LINK))) {
            NativeRefusalTest.ticket("Tracker").accept(gate.sandbox.workspace());
            gate.sandbox.faults(FaultPlan.on(
                    Arrival::isClose,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429));
            assertThat(gate.applyAndFail().operation()).isEqualTo(OperationKind.CLOSE);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertLinked(gate);
            assertThat(gate.calls().stream().filter("MERGE"::equals)).hasSize(1);
        }
    }

    @Test
    void what_was_begun_by_a_close_is_finished_by_it() {
        try (GateOnSandbox gate = GateOnSandbox.open(database)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isClose, Fault.ERROR_500_BEFORE));
            gate.applyAndDoubt();

            assertThat(gate.apply(gate.request.by(Strategy.NATIVE), () -> true)).isEqualTo(gate.done());

            assertThat(gate.calls()).doesNotContain("MERGE");
        }
    }

    @Test
    void nothing_is_merged_for_a_row_that_was_changed_after_its_note() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            boolean[] asked = {false};
            Outcome<Long> outcome = gate.apply(gate.request, () -> {
                boolean isFirst = !asked[0];
                asked[0] = true;
                return isFirst;
            });

            assertThat(Gate.isWithdrawn(((Outcome.Failed<Long>) outcome).failure()))
                    .isTrue();
            assertThat(gate.calls()).containsExactly("note", "tag");
            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("none");
        }
    }

    @Test
    void an_answer_that_does_not_show_the_merge_is_compared_with_a_read() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.sandbox.answers(AnswerPlan.always(Arrival::isMerge, WrongAnswer.field("part_type", "comment")));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "MERGE", "read");
            assertMerged(gate);
        }
    }

    @Test
    void a_duplicate_that_was_deleted_before_its_merge_is_not_said_to_be_merged() {
        try (GateOnSandbox gate = GateOnSandbox.open(database, setting(Strategy.NATIVE))) {
            gate.sandbox.faults(FaultPlan.on(
                    Arrival::isMerge,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429,
                    Fault.RATE_LIMITED_429));
            gate.applyAndFail();
            gate.sandbox.workspace().removeConversation(DUPLICATE);

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.NOT_FOUND);
        }
    }

    static void assertMerged(GateOnSandbox gate) {
        ConversationView duplicate = gate.duplicate();
        assertThat(duplicate.mergedInto()).isEqualTo(PARENT);
        assertThat(duplicate.tagNames()).containsExactly(TAG);
        assertThat(gate.sandbox.workspace().notesWritten(DUPLICATE)).hasSize(1);
        assertThat(gate.sandbox.workspace().conversation(PARENT).partsOf("merged_primary_conversation"))
                .hasSize(1);
        assertThat(Stream.of(OperationKind.NOTE, OperationKind.TAG, OperationKind.MERGE_NATIVE)
                        .map(gate::state))
                .containsExactly("DONE", "DONE", "DONE");
    }

    static void assertLinked(GateOnSandbox gate) {
        assertThat(gate.duplicate().state()).isEqualTo("closed");
        assertThat(gate.duplicate().mergedInto()).isNull();
        assertThat(gate.duplicate().notes()).hasSize(1);
        assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("REFUSED");
        assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("DONE");
    }

    static Failure refusal(GateOnSandbox gate) {
        Outcome.Failed<Long> failed = gate.applyAndFail();
        assertThat(failed.operation()).isEqualTo(OperationKind.MERGE_NATIVE);
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.REFUSED);
        return failed.failure();
    }

    static String setting(Strategy strategy) {
        return "convmerge.strategy=" + strategy.word();
    }
}
