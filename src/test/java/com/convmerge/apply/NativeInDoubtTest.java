package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static com.convmerge.apply.GateOnSandbox.PARENT;
import static com.convmerge.apply.NativeMergeTest.assertMerged;
import static com.convmerge.apply.NativeMergeTest.setting;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.intercom.Departure;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Quirk;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that leaves open whether Intercom has merged a pair, with each way in which the duplicate may read afterwards. */
@OnEachDatabase
class NativeInDoubtTest {
    private final Database database;

    NativeInDoubtTest(Database database) {
        this.database = database;
    }

    /** None: closed, with a part of the merge. */
    private static final List<Quirk[]> READINGS = List.of(
            new Quirk[] {}, new Quirk[] {Quirk.MERGED_IS_NOT_FOUND}, new Quirk[] {Quirk.MERGED_REDIRECTS}, new Quirk[] {
                Quirk.MERGED_READS_AS_PRIMARY
            });

    static Stream<Arguments> faults_and_readings() {
        return InDoubtTest.LEAVE_IN_DOUBT.stream()
                .filter(fault -> fault != Fault.TIMEOUT_BEFORE && fault != Fault.TIMEOUT_AFTER)
                .flatMap(fault -> READINGS.stream().map(reading -> Arguments.of(fault, reading)));
    }

    static Stream<Arguments> readings() {
        return READINGS.stream().map(reading -> Arguments.of((Object) reading));
    }

    @ParameterizedTest
    @MethodSource("faults_and_readings")
    void a_merge_in_doubt_is_looked_for_and_made_again_only_if_it_did_not_happen(Fault fault, Quirk[] reading) {
        try (GateOnSandbox gate = gate(reading)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, fault));
            assertDoubt(gate);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMerged(gate);
            assertThat(merges(gate)).isEqualTo(fault.isAfterEffect() ? 1 : 2);
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void a_kill_after_the_claim_is_a_merge_in_doubt(Quirk[] reading) {
        try (GateOnSandbox gate = gate(reading)) {
            gate.apply();
            gate.jdbc
                    .sql("UPDATE merge_operation SET state = 'SENT' WHERE operation = 'MERGE_NATIVE'")
                    .update();

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMerged(gate);
            assertThat(merges(gate)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("readings")
    void what_was_begun_is_finished_in_this_way_although_the_row_says_another_one_now(Quirk[] reading) {
        try (GateOnSandbox gate = gate(reading)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_AFTER));
            assertDoubt(gate);

            assertThat(gate.apply(gate.request.by(Strategy.LINK), () -> true)).isEqualTo(gate.done());

            assertMerged(gate);
            assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("none");
        }
    }

    @Test
    void an_old_read_that_does_not_show_it_has_it_made_again_which_intercom_refuses_as_done_already() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.GATEWAY_504_AFTER));
            gate.clock.advance(Duration.ofMinutes(1));
            assertDoubt(gate);
            gate.sandbox.staleReads(DelayPlan.always(Arrival::isRead, Duration.ofSeconds(30)));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMerged(gate);
            assertThat(gate.entry(gate.key(OperationKind.MERGE_NATIVE)).httpStatus())
                    .isEqualTo(422);
        }
    }

    @Test
    void a_merge_that_was_never_sent_is_not_done_because_it_has_already_been_merged() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.faults(FaultPlan.always(Arrival::isMerge, Fault.RATE_LIMITED_429));
            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.NOT_SENT);
            gate.sandbox.faults(FaultPlan.none());
            gate.sandbox.workspace().addConversation("9009");
            gate.client().mergeNative(ConversationId.of(9002), ConversationId.of(9009), Departure.REPEATABLE);

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.REFUSED);

            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("REFUSED");
        }
    }

    @Test
    void a_404_that_a_read_contradicts_says_nothing_about_the_merge() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.NOT_FOUND_404_AFTER));
            assertDoubt(gate);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(merges(gate)).isEqualTo(1);
        }
    }

    @Test
    void a_call_in_doubt_stays_so_when_the_next_one_is_not_sent() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_BEFORE)
                    .and(FaultPlan.always(Arrival::isMerge, Fault.RATE_LIMITED_429)));
            assertDoubt(gate);

            assertDoubt(gate);

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertMerged(gate);
        }
    }

    @Test
    void a_duplicate_that_is_gone_is_merged_only_if_its_survivor_is_there() {
        try (GateOnSandbox gate = gate(Quirk.MERGED_IS_NOT_FOUND)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_AFTER)
                    .and(FaultPlan.always(Arrival::isRead, Fault.NOT_FOUND_404)));
            assertDoubt(gate);

            assertDoubt(gate);

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
        }
    }

    @Test
    void a_duplicate_that_leads_to_another_conversation_stays_in_doubt() {
        try (GateOnSandbox gate = gate(Quirk.MERGED_REDIRECTS)) {
            gate.sandbox.workspace().addConversation("9009");
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_BEFORE));
            assertDoubt(gate);
            gate.client().mergeNative(ConversationId.of(9002), ConversationId.of(9009), Departure.REPEATABLE);

            assertThat(gate.applyAndDoubt().failure().message()).contains("9009", PARENT);

            assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("IN_DOUBT");
        }
    }

    @Test
    void a_part_of_an_earlier_merge_into_the_duplicate_is_not_taken_for_this_one() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.workspace().addConversation("9009");
            gate.client().mergeNative(ConversationId.of(9009), ConversationId.of(9002), Departure.REPEATABLE);
            gate.sandbox.workspace().close(DUPLICATE);
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_BEFORE));
            assertDoubt(gate);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(merges(gate)).isEqualTo(3);
            assertThat(gate.duplicate().mergedInto()).isEqualTo(PARENT);
        }
    }

    @Test
    void a_part_of_the_kind_that_the_documents_name_is_known_on_the_duplicate_too() {
        try (GateOnSandbox gate = gate()) {
            gate.sandbox.answers(AnswerPlan.always(
                    arrival -> arrival.isRead() && arrival.isFor(DUPLICATE),
                    WrongAnswer.field("part_type", "merged_primary_conversation")));
            gate.sandbox.faults(FaultPlan.on(Arrival::isMerge, Fault.DROP_AFTER));
            assertDoubt(gate);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(merges(gate)).isEqualTo(1);
        }
    }

    @Test
    void a_merge_that_was_begun_into_another_survivor_is_not_taken_for_this_pair() {
        try (GateOnSandbox gate = gate()) {
            gate.apply();
            gate.jdbc
                    .sql("UPDATE merge_operation SET reference = '9009' WHERE operation = 'MERGE_NATIVE'")
                    .update();

            Outcome.Failed<Long> failed = gate.applyAndFail();

            assertThat(failed.failure().code()).isEqualTo("merged_elsewhere");
            assertThat(failed.failure().message()).contains("9009", PARENT);
        }
    }

    private static void assertDoubt(GateOnSandbox gate) {
        assertThat(gate.applyAndDoubt().operation()).isEqualTo(OperationKind.MERGE_NATIVE);
        assertThat(gate.state(OperationKind.MERGE_NATIVE)).isEqualTo("IN_DOUBT");
    }

    private static long merges(GateOnSandbox gate) {
        return gate.calls().stream().filter("MERGE"::equals).count();
    }

    private GateOnSandbox gate(Quirk... reading) {
        return GateOnSandbox.open(database, setup -> setup.quirks(reading), setting(Strategy.NATIVE));
    }
}
