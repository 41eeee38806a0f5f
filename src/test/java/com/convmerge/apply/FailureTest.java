package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that leave nothing in doubt, at each operation: what they mean for the request and for the run. */
class FailureTest {
    private static final Database DATABASE = Databases.h2();
    private static final List<Fault> STOP_THE_RUN =
            List.of(Fault.UNAUTHORIZED_401, Fault.FORBIDDEN_PLAN_403, Fault.ADMIN_NOT_FOUND);

    static Stream<Arguments> each_failure_that_stops_the_run_at_each_operation() {
        return STOP_THE_RUN.stream()
                .flatMap(fault -> GateOnSandbox.OPERATIONS.stream().map(operation -> Arguments.of(fault, operation)));
    }

    @ParameterizedTest
    @MethodSource("each_failure_that_stops_the_run_at_each_operation")
    void a_failure_that_stops_the_run_leaves_the_operation_unsent_for_the_next_run(
            Fault fault, OperationKind operation) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(at(operation, fault));

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.STOPS_THE_RUN);
            assertThat(gate.state(operation)).isEqualTo("NOT_SENT");
            assertThat(gate.calls()).endsWith(operation.label());

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertMergedOnce(gate);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTE", "TAG", "CLOSE"})
    void a_refused_operation_is_not_tried_again_before_an_operator_releases_the_request(OperationKind operation) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(at(operation, Fault.UNPROCESSABLE_422));

            assertFailed(gate, operation, FailureKind.REFUSED);
            assertThat(gate.state(operation)).isEqualTo("REFUSED");
            assertThat(gate.calls()).containsOnlyOnce(operation.label()).endsWith(operation.label());

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertMergedOnce(gate);
        }
    }

    @Test
    void a_duplicate_that_does_not_exist_takes_a_second_call_that_confirms_it() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().removeConversation(DUPLICATE);

            assertFailed(gate, OperationKind.NOTE, FailureKind.NOT_FOUND);

            assertThat(gate.calls()).containsExactly("note", "read");
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("REFUSED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTE", "TAG", "CLOSE"})
    void a_429_is_tried_again_at_once(OperationKind operation) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(FaultPlan.on(arrival -> CallWords.isOf(operation, arrival), Fault.RATE_LIMITED_429));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMergedOnce(gate);
            assertThat(gate.calls()).hasSize(4).doesNotContain("read");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTE", "TAG", "CLOSE"})
    void a_429_that_does_not_end_leaves_the_operation_unsent_for_the_next_run(OperationKind operation) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, "convmerge.intercom.tries=3")) {
            gate.sandbox.faults(at(operation, Fault.RATE_LIMITED_429_RETRY_AFTER));

            assertFailed(gate, operation, FailureKind.NOT_SENT);
            assertThat(gate.state(operation)).isEqualTo("NOT_SENT");
            assertThat(gate.calls().stream().filter(operation.label()::equals)).hasSize(3);

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertMergedOnce(gate);
        }
    }

    @Test
    void without_a_connection_the_note_is_not_sent_and_not_in_doubt() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            long before = gate.sandbox.callCount();
            gate.sandbox.close();

            // The first call uses the pooled connection, and its failure leaves open whether the call arrived.
            gate.client().me();
            assertFailed(gate, OperationKind.NOTE, FailureKind.NOT_SENT);

            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("NOT_SENT");
            assertThat(gate.sandbox.callCount()).isEqualTo(before);
        }
    }

    @Test
    void a_close_in_a_later_run_reads_the_duplicate_first() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(at(OperationKind.CLOSE, Fault.UNPROCESSABLE_422));
            gate.apply();
            gate.sandbox.faults(FaultPlan.none());
            gate.sandbox.workspace().close(DUPLICATE);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "close", "read");
            assertThat(gate.state(OperationKind.CLOSE)).isEqualTo("NOT_NEEDED");
        }
    }

    @Test
    void a_note_that_another_program_claims_in_between_is_not_sent() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            NoteReferences claimedElsewhere = kind -> {
                gate.claimedNote(
                        gate.key(OperationKind.NOTE), OperationKind.NOTE, DUPLICATE, "cmdthrs", gate.clock.instant());
                return "cmdmn";
            };

            Outcome<Long> outcome =
                    gate.applier(claimedElsewhere).apply(gate.request, gate.workspace, 17, null, () -> true);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.InDoubt.class, open -> {
                assertThat(open.failure().code()).isEqualTo("changed_meanwhile");
                assertThat(open.operation()).isEqualTo(OperationKind.NOTE);
            });
            assertThat(gate.calls()).isEmpty();
            assertThat(gate.reference(gate.key(OperationKind.NOTE))).isEqualTo("cmdthrs");
        }
    }

    private static FaultPlan at(OperationKind operation, Fault fault) {
        return FaultPlan.always(arrival -> CallWords.isOf(operation, arrival), fault);
    }

    private static void assertFailed(GateOnSandbox gate, OperationKind operation, FailureKind kind) {
        Outcome.Failed<Long> failed = gate.applyAndFail();
        assertThat(failed.operation()).isEqualTo(operation);
        assertThat(failed.failure().kind()).isEqualTo(kind);
    }

    private static void assertMergedOnce(GateOnSandbox gate) {
        ConversationView duplicate = gate.duplicate();
        assertThat(duplicate.noteBodies()).hasSize(1);
        assertThat(duplicate.tagNames()).containsExactly(GateOnSandbox.TAG);
        assertThat(duplicate.closes()).isEqualTo(1);
    }
}
