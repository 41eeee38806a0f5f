package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault that leaves open whether the call had its effect, at each operation, with and without the effect. */
class InDoubtTest {
    private static final Database DATABASE = Databases.h2();

    static final Set<Fault> LEAVE_IN_DOUBT = EnumSet.of(
            Fault.DROP_BEFORE,
            Fault.DROP_AFTER,
            Fault.CUT_SHORT_AFTER,
            Fault.ERROR_500_BEFORE,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_BEFORE,
            Fault.HTML_502_AFTER,
            Fault.UNAVAILABLE_503_BEFORE,
            Fault.UNAVAILABLE_503_AFTER,
            Fault.REQUEST_TIMEOUT_408_BEFORE,
            Fault.REQUEST_TIMEOUT_408_AFTER,
            Fault.TIMEOUT_BEFORE,
            Fault.TIMEOUT_AFTER,
            Fault.BROKEN_JSON_BEFORE,
            Fault.BROKEN_JSON_AFTER);

    static Stream<Arguments> each_fault_at_each_operation() {
        return LEAVE_IN_DOUBT.stream().flatMap(fault -> GateOnSandbox.OPERATIONS.stream()
                .filter(operation -> operation != OperationKind.NOTE || fault != Fault.TIMEOUT_BEFORE)
                .map(operation -> Arguments.of(fault, operation)));
    }

    @ParameterizedTest
    @MethodSource("each_fault_at_each_operation")
    void an_operation_in_doubt_is_looked_up_and_sent_again_only_if_it_did_not_happen(
            Fault fault, OperationKind operation) {
        try (GateOnSandbox gate = gate(fault)) {
            gate.sandbox.faults(FaultPlan.on(arrival -> GateOnSandbox.is(operation, arrival), fault));

            assertThat(gate.apply()).isEqualTo(gate.done());

            ConversationView duplicate = gate.duplicate();
            assertThat(duplicate.noteBodies()).hasSize(1);
            assertThat(duplicate.tagNames()).containsExactly(TAG);
            assertThat(duplicate.closes()).isEqualTo(1);
            assertThat(gate.calls()).isEqualTo(expectedCalls(fault, operation));
            assertThat(GateOnSandbox.OPERATIONS)
                    .allSatisfy(done -> assertThat(gate.state(done)).isEqualTo("DONE"));
        }
    }

    @Test
    void a_note_that_timed_out_and_is_not_found_is_left_to_the_next_try() {
        try (GateOnSandbox gate = gate(Fault.TIMEOUT_BEFORE)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.TIMEOUT_BEFORE));

            Outcome.Failed<Long> failed = gate.applyAndFail();
            assertThat(failed.operation()).isEqualTo(OperationKind.NOTE);
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.calls()).containsExactly("note", "read", "read");
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");

            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    /** Here Intercom refuses a second tag and a second close. */
    private static GateOnSandbox gate(Fault fault) {
        String patience = fault.name().startsWith("TIMEOUT") ? "1s" : "30s";
        return GateOnSandbox.open(
                DATABASE,
                setup -> setup.quirks(Quirk.REPEATED_CLOSE_REFUSED, Quirk.REPEATED_TAG_REFUSED),
                "convmerge.intercom.call-timeout=" + patience);
    }

    private static List<String> expectedCalls(Fault fault, OperationKind operation) {
        List<String> calls = new ArrayList<>();
        for (OperationKind each : GateOnSandbox.OPERATIONS) {
            calls.add(each.label());
            if (each == operation) {
                // The first read that finds the effect is the last. If two reads do not, the operation is sent again.
                calls.addAll(fault.isAfterEffect() ? List.of("read") : List.of("read", "read", each.label()));
            }
        }
        return calls;
    }
}
