package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.EXECUTION;
import static com.convmerge.apply.GateOnSandbox.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The note on the survivor. */
class SurvivorNoteTest {
    private static final Database DATABASE = Databases.h2();

    private final List<String> assigned = new ArrayList<>();

    @Test
    void a_survivor_gets_one_note_and_no_other_call() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            assertThat(tell(gate)).isEmpty();

            assertThat(gate.calls()).containsExactly("note");
            assertThat(notes(gate)).singleElement().asString().contains(GateOnSandbox.DUPLICATE, "asked twice");
            assertThat(gate.sandbox.workspace().conversation(PARENT).state()).isEqualTo("open");
            assertThat(assigned).containsExactly("SENT to come");
        }
    }

    @Test
    void a_note_that_is_done_is_not_written_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            tell(gate);

            assertThat(tell(gate)).isEmpty();

            assertThat(gate.calls()).containsExactly("note");
        }
    }

    static Set<Fault> leave_in_doubt() {
        Set<Fault> faults = EnumSet.copyOf(InDoubtTest.LEAVE_IN_DOUBT);
        // Left to the next run, as InDoubtTest shows.
        faults.remove(Fault.TIMEOUT_BEFORE);
        return faults;
    }

    @ParameterizedTest
    @MethodSource("leave_in_doubt")
    void a_note_in_doubt_is_looked_for_before_it_is_sent_again(Fault fault) {
        String patience = fault.name().startsWith("TIMEOUT") ? "1s" : "30s";
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, "convmerge.intercom.call-timeout=" + patience)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, fault));

            assertThat(tell(gate)).isEmpty();

            assertThat(notes(gate)).hasSize(1);
            assertThat(gate.state(key(gate))).isEqualTo("DONE");
            assertThat(assigned).hasSize(1);
        }
    }

    @Test
    void a_note_found_sent_by_a_killed_run_keeps_what_it_tells_of() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.claimedNote(key(gate), OperationKind.PARENT_NOTE, PARENT, "cm-k1ll3d", gate.clock.instant());

            assertThat(tell(gate)).isEmpty();

            assertThat(gate.calls()).containsExactly("read", "read", "note");
            assertThat(notes(gate)).singleElement().asString().contains("ref cm-k1ll3d");
            assertThat(assigned).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND_404", "UNPROCESSABLE_422", "UNAUTHORIZED_401", "RATE_LIMITED_429"})
    void a_failure_is_told_and_the_note_written_by_a_later_try(Fault fault) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(FaultPlan.always(Arrival::isNote, fault));

            assertThat(tell(gate).orElseThrow().kind()).isEqualTo(expected(fault));
            assertThat(notes(gate)).isEmpty();

            gate.sandbox.faults(FaultPlan.none());
            assertThat(tell(gate)).isEmpty();
            assertThat(notes(gate)).hasSize(1);
            assertThat(assigned).hasSize(1);
        }
    }

    private static FailureKind expected(Fault fault) {
        return switch (fault) {
            case NOT_FOUND_404 -> FailureKind.NOT_FOUND;
            case UNPROCESSABLE_422 -> FailureKind.REFUSED;
            case UNAUTHORIZED_401 -> FailureKind.STOPS_THE_RUN;
            default -> FailureKind.NOT_SENT;
        };
    }

    private Optional<Failure> tell(GateOnSandbox gate) {
        return gate.part(SurvivorNoteApplier.class)
                .apply(
                        key(gate),
                        new ConversationId(PARENT),
                        () -> assigned.add(
                                gate.state(key(gate)).equals("none") ? "SENT to come" : gate.state(key(gate))),
                        () -> List.of(gate.request),
                        gate.workspace,
                        EXECUTION);
    }

    /** Different for each test, as they share the ledger. */
    private static OperationKey key(GateOnSandbox gate) {
        return OperationKey.ofParentNote(new ConversationId(PARENT), gate.request.id(), 1);
    }

    private static List<String> notes(GateOnSandbox gate) {
        return gate.sandbox.workspace().conversation(PARENT).noteBodies();
    }
}
