package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
            Fault.GATEWAY_504_BEFORE,
            Fault.GATEWAY_504_AFTER,
            Fault.BROKEN_JSON_BEFORE,
            Fault.BROKEN_JSON_AFTER);

    static Stream<Arguments> faults_after_the_effect() {
        return atEachOperation(Fault::isAfterEffect);
    }

    static Stream<Arguments> faults_without_the_effect() {
        return atEachOperation(fault -> !fault.isAfterEffect());
    }

    private static Stream<Arguments> atEachOperation(Predicate<Fault> wanted) {
        return LEAVE_IN_DOUBT.stream().filter(wanted).flatMap(fault -> GateOnSandbox.OPERATIONS.stream()
                .map(operation -> Arguments.of(fault, operation)));
    }

    @ParameterizedTest
    @MethodSource("faults_after_the_effect")
    void an_operation_in_doubt_is_looked_for_and_goes_on_when_it_is_found(Fault fault, OperationKind operation) {
        try (GateOnSandbox gate = gate(fault)) {
            gate.sandbox.faults(FaultPlan.on(arrival -> CallWords.isOf(operation, arrival), fault));

            assertDoubt(gate, operation);
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMergedOnce(gate);
            assertThat(gate.calls()).isEqualTo(callsWith(operation, looks(operation, 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("faults_without_the_effect")
    void an_operation_in_doubt_that_did_not_happen_is_sent_again_a_note_not_before_the_settle_time_is_over(
            Fault fault, OperationKind operation) {
        try (GateOnSandbox gate = gate(fault)) {
            gate.sandbox.faults(FaultPlan.on(arrival -> CallWords.isOf(operation, arrival), fault));

            assertDoubt(gate, operation);
            if (operation.isNote()) {
                gate.clock.advance(GateOnSandbox.SETTLE_TIME.minusSeconds(1));
                assertDoubt(gate, operation);
                gate.clock.advance(Duration.ofSeconds(1));
            }
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertMergedOnce(gate);
            List<String> calls = callsWith(operation, looks(operation, operation.isNote() ? 2 : 1));
            calls.add(calls.lastIndexOf("read") + 1, operation.label());
            assertThat(gate.calls()).isEqualTo(calls);
        }
    }

    @Test
    void a_look_that_is_refused_says_nothing_about_the_note() {
        try (GateOnSandbox gate = gate(Fault.DROP_AFTER)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.DROP_AFTER)
                    .and(FaultPlan.always(Arrival::isRead, Fault.UNPROCESSABLE_422)));
            assertDoubt(gate, OperationKind.NOTE);

            assertThat(gate.applyAndDoubt().failure().message())
                    .startsWith("it was in doubt and could not be looked for: ");

            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertMergedOnce(gate);
        }
    }

    private static void assertDoubt(GateOnSandbox gate, OperationKind operation) {
        assertThat(gate.applyAndDoubt().operation()).isEqualTo(operation);
        assertThat(gate.state(operation)).isEqualTo("IN_DOUBT");
    }

    private static void assertMergedOnce(GateOnSandbox gate) {
        ConversationView duplicate = gate.duplicate();
        assertThat(duplicate.noteBodies()).hasSize(1);
        assertThat(duplicate.tagNames()).containsExactly(TAG);
        assertThat(duplicate.closes()).isEqualTo(1);
        assertThat(GateOnSandbox.OPERATIONS)
                .allSatisfy(done -> assertThat(gate.state(done)).isEqualTo("DONE"));
    }

    /** Here Intercom refuses a second tag and a second close. */
    private static GateOnSandbox gate(Fault fault) {
        String patience = fault.name().startsWith("TIMEOUT") ? "1s" : "30s";
        return GateOnSandbox.open(
                DATABASE,
                setup -> setup.quirks(Quirk.REPEATED_CLOSE_REFUSED, Quirk.REPEATED_TAG_REFUSED),
                "convmerge.intercom.call-timeout=" + patience);
    }

    /** A note is also looked at before the next one leaves, because no answer of this run has told yet whether notes are found. */
    private static List<String> looks(OperationKind operation, int looks) {
        return Collections.nCopies(operation.isNote() ? looks + 1 : looks, "read");
    }

    /** Note, tag and close, with reads behind one of them. */
    private static List<String> callsWith(OperationKind operation, List<String> looks) {
        List<String> calls = new ArrayList<>();
        for (OperationKind each : GateOnSandbox.OPERATIONS) {
            calls.add(each.label());
            if (each == operation) {
                calls.addAll(looks);
            }
        }
        return calls;
    }
}
