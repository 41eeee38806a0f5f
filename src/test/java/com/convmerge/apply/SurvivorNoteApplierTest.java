package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.EXECUTION;
import static com.convmerge.apply.GateOnSandbox.PARENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The note on the survivor, from its claim to its end, in the run that claims it and in a later one. */
class SurvivorNoteApplierTest {
    private static final Database DATABASE = Databases.h2();

    @Test
    void the_merges_are_written_down_in_the_transaction_of_the_claim() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            List<Boolean> inTransaction = new ArrayList<>();

            Outcome<OperationKey> outcome = gate.survivorNotes()
                    .write(
                            key(gate),
                            new ConversationId(PARENT),
                            () -> {
                                inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
                                inTransaction.add(
                                        gate.stateSeenByAnother(key(gate)).equals("SENT"));
                                return List.of(gate.request);
                            },
                            gate.workspace,
                            EXECUTION);

            assertThat(outcome).isEqualTo(done(gate));
            assertThat(inTransaction).containsExactly(true, false);
            assertThat(gate.entry(key(gate)))
                    .returns(OperationKind.SURVIVOR_NOTE, LedgerEntry::kind)
                    .returns(new ConversationId(PARENT), LedgerEntry::conversation)
                    .returns(null, LedgerEntry::requestId)
                    .returns(EXECUTION, LedgerEntry::executionId);
            assertThat(gate.reference(key(gate))).startsWith("cmp");
        }
    }

    @Test
    void a_note_whose_merges_are_gone_is_neither_claimed_nor_sent() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            assertThat(write(gate, List.of())).isEqualTo(done(gate));

            assertThat(gate.state(key(gate))).isEqualTo("none");
            assertThat(gate.calls()).isEmpty();
        }
    }

    @Test
    void a_note_that_somebody_else_has_claimed_is_not_claimed_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate);

            assertThat(claimAndSend(gate)).isInstanceOf(Outcome.InDoubt.class);

            assertThat(gate.reference(key(gate))).isEqualTo("cm-k1ll3d");
            assertThat(gate.calls()).isEmpty();
        }
    }

    @Test
    void a_survivor_gets_one_note_and_no_other_call() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            assertThat(claimAndSend(gate)).isEqualTo(done(gate));

            assertThat(gate.calls()).containsExactly("note");
            assertThat(notes(gate)).singleElement().asString().contains(GateOnSandbox.DUPLICATE, "asked twice");
            assertThat(gate.sandbox.workspace().conversation(PARENT).state()).isEqualTo("open");
            assertThat(gate.entry(key(gate)))
                    .returns(LedgerState.DONE, LedgerEntry::state)
                    .returns(
                            gate.sandbox
                                    .workspace()
                                    .conversation(PARENT)
                                    .notes()
                                    .get(0)
                                    .id(),
                            LedgerEntry::remoteId);
        }
    }

    @Test
    void a_note_that_is_done_is_not_written_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            claimAndSend(gate);

            assertThat(resume(gate)).isEqualTo(done(gate));

            assertThat(gate.calls()).containsExactly("note");
        }
    }

    static Set<Fault> leave_in_doubt() {
        return InDoubtTest.LEAVE_IN_DOUBT;
    }

    @ParameterizedTest
    @MethodSource("leave_in_doubt")
    void a_note_in_doubt_is_only_looked_for_until_the_settle_time_is_over(Fault fault) {
        String timeout = fault.name().startsWith("TIMEOUT") ? "1s" : "30s";
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, "convmerge.intercom.call-timeout=" + timeout)) {
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, fault));

            assertThat(claimAndSend(gate)).isInstanceOf(Outcome.InDoubt.class);
            gate.clock.advance(GateOnSandbox.SETTLE_TIME.minusSeconds(1));
            Outcome<OperationKey> early = resume(gate);
            gate.clock.advance(Duration.ofSeconds(1));

            assertThat(early instanceof Outcome.Done).isEqualTo(fault.isAfterEffect());
            assertThat(resume(gate)).isEqualTo(done(gate));
            assertThat(notes(gate)).hasSize(1);
            assertThat(gate.state(key(gate))).isEqualTo("DONE");
        }
    }

    @Test
    void a_note_that_a_killed_run_did_not_send_is_sent_with_the_reference_of_its_claim_when_the_settle_time_is_over() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate);

            assertThat(resume(gate)).isInstanceOf(Outcome.InDoubt.class);
            gate.clock.advance(GateOnSandbox.SETTLE_TIME);
            assertThat(resume(gate)).isEqualTo(done(gate));

            assertThat(gate.calls()).containsExactly("read", "read", "note");
            assertThat(notes(gate)).singleElement().asString().contains("ref cm-k1ll3d");
        }
    }

    @Test
    void a_note_that_a_killed_run_sent_is_found_and_not_sent_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate);
            gate.sandbox.workspace().writeNote(PARENT, "<p>1 duplicate was merged</p><p>ref cm-k1ll3d</p>");

            assertThat(resume(gate)).isEqualTo(done(gate));

            assertThat(gate.calls()).containsExactly("read");
            assertThat(notes(gate)).hasSize(1);
            assertThat(gate.state(key(gate))).isEqualTo("DONE");
        }
    }

    @Test
    void a_claim_without_merges_is_written_off_after_a_crash_and_nothing_is_sent() {
        try (GateOnSandbox crashed = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(crashed);

            try (GateOnSandbox next = crashed.again()) {
                LedgerEntry begun = next.entry(key(next));
                assertThat(next.bean(Ledger.class).unsettledSurvivorNotes()).contains(begun);

                assertThat(next.survivorNotes().abandon(begun)).isEqualTo(done(next));

                assertThat(next.state(key(next))).isEqualTo("NOT_NEEDED");
                assertThat(next.bean(Ledger.class).unsettledSurvivorNotes())
                        .extracting(LedgerEntry::key)
                        .doesNotContain(begun.key());
                assertThat(next.calls()).isEmpty();
                assertThat(notes(next)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNPROCESSABLE_422", "UNAUTHORIZED_401", "RATE_LIMITED_429"})
    void a_failure_is_returned_and_a_later_try_writes_the_note(Fault fault) {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(FaultPlan.always(Arrival::isNote, fault));

            assertThat(claimAndSend(gate)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                assertThat(failed.operation()).isEqualTo(OperationKind.SURVIVOR_NOTE);
                assertThat(failed.failure().kind()).isEqualTo(expected(fault));
            });
            assertThat(notes(gate)).isEmpty();

            gate.sandbox.faults(FaultPlan.none());
            assertThat(resume(gate)).isEqualTo(done(gate));
            assertThat(notes(gate)).hasSize(1);
        }
    }

    private static FailureKind expected(Fault fault) {
        return switch (fault) {
            case UNPROCESSABLE_422 -> FailureKind.REFUSED;
            case UNAUTHORIZED_401 -> FailureKind.STOPS_THE_RUN;
            default -> FailureKind.NOT_SENT;
        };
    }

    private static Outcome<OperationKey> claimAndSend(GateOnSandbox gate) {
        return write(gate, List.of(gate.request));
    }

    private static Outcome<OperationKey> write(GateOnSandbox gate, List<MergeRequest> merges) {
        return gate.survivorNotes()
                .write(key(gate), new ConversationId(PARENT), () -> merges, gate.workspace, EXECUTION);
    }

    private static Outcome<OperationKey> resume(GateOnSandbox gate) {
        LedgerEntry begun = gate.entry(key(gate));
        return gate.survivorNotes().resume(begun, List.of(gate.request), gate.workspace, EXECUTION);
    }

    private static void killedAfterClaim(GateOnSandbox gate) {
        gate.claimedNote(key(gate), OperationKind.SURVIVOR_NOTE, PARENT, "cm-k1ll3d", gate.clock.instant());
    }

    private static Outcome<OperationKey> done(GateOnSandbox gate) {
        return new Outcome.Done<>(key(gate));
    }

    /** Different for each test, because the tests share the ledger. */
    private static OperationKey key(GateOnSandbox gate) {
        return OperationKey.ofSurvivorNote(new ConversationId(PARENT), gate.request.id(), 1);
    }

    private static List<String> notes(GateOnSandbox gate) {
        return gate.sandbox.workspace().conversation(PARENT).noteBodies();
    }
}
