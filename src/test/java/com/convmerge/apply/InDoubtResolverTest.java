package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a note in doubt is looked for: by its reference, more than once, and by a later run too. */
class InDoubtResolverTest {
    private static final Database DATABASE = Databases.h2();
    private static final FaultPlan NO_READ = FaultPlan.always(Arrival::isRead, Fault.ERROR_500_BEFORE);

    @Test
    void a_note_that_only_the_second_read_shows_is_not_sent_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, setup -> setup.noteVisibleAfter(1))) {
            gate.sandbox.faults(firstNoteWithoutAnswer());

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "read", "read", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void the_second_read_waits_until_intercom_has_settled() {
        try (GateOnSandbox gate = GateOnSandbox.open(
                DATABASE, setup -> setup.noteVisibleAfter(Duration.ofSeconds(7)), "convmerge.settle=2s,6s")) {
            gate.sandbox.faults(firstNoteWithoutAnswer());
            Instant before = gate.clock.instant();

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.duplicate().noteBodies()).hasSize(1);
            assertThat(Duration.between(before, gate.clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void a_read_that_fails_leaves_the_note_in_doubt_until_the_next_try_finds_it() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(NO_READ));

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
            assertThat(gate.calls()).containsOnlyOnce("note");

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isEqualTo(gate.done());
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_read_that_the_rate_limit_refuses_does_not_make_the_note_unsent() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(
                    firstNoteWithoutAnswer().and(FaultPlan.always(Arrival::isRead, Fault.RATE_LIMITED_429)));

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
        }
    }

    @Test
    void a_conversation_that_was_deleted_meanwhile_is_read_only_once() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(FaultPlan.always(Arrival::isRead, Fault.NOT_FOUND_404)));

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(gate.calls()).containsExactly("note", "read");
        }
    }

    @Test
    void a_note_of_a_run_killed_long_ago_is_looked_for_once() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant().minusSeconds(3600));
            gate.sandbox.workspace().writeNote(DUPLICATE, "<p>Merged</p><p>ref cm-k1ll3d</p>");

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("read", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("DONE");
        }
    }

    @Test
    void a_note_of_a_killed_run_is_in_doubt_until_it_is_found() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant());
            gate.sandbox.faults(NO_READ);

            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.IN_DOUBT);

            assertThat(gate.entry(gate.key(OperationKind.NOTE)))
                    .returns(LedgerState.IN_DOUBT, LedgerEntry::state)
                    .returns("run_ended", LedgerEntry::code)
                    .returns("the run that sent it ended before the answer", LedgerEntry::message);
            assertThat(gate.calls()).containsOnly("read");
        }
    }

    @Test
    void a_note_that_a_killed_run_did_not_send_is_sent_with_the_reference_of_its_claim() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant());

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("read", "read", "note", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).singleElement().asString().contains("ref cm-k1ll3d");
        }
    }

    @Test
    void an_immediate_restart_waits_for_a_note_that_was_sent_long_after_its_claim() {
        try (GateOnSandbox gate = GateOnSandbox.open(
                DATABASE, setup -> setup.noteVisibleAfter(Duration.ofSeconds(7)), "convmerge.settle=2s,6s")) {
            // The note is claimed, waits after a 429 for the next window, and is sent. Then the read fails and stops
            // the run.
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.RATE_LIMITED_429, Fault.DROP_AFTER)
                    .and(FaultPlan.on(Arrival::isRead, Fault.UNAUTHORIZED_401)));
            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.STOPS_THE_RUN);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_of_another_installation_is_not_taken_for_ours() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant().minusSeconds(3600));
            gate.sandbox.workspace().writeNote(DUPLICATE, "<p>Merged</p><p>ref cm-0th3rs</p>");

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.duplicate().noteBodies()).hasSize(2);
        }
    }

    @Test
    void a_note_is_found_among_five_hundred_parts() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 600);
            gate.sandbox.faults(firstNoteWithoutAnswer());

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "read", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_missing_from_five_hundred_parts_that_include_older_ones_is_sent_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 600);
            gate.clock.advance(Duration.ofHours(1));
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.DROP_BEFORE));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "read", "read", "note", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_followed_by_more_than_five_hundred_parts_stays_in_doubt_for_an_operator() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(arrival -> {
                if (arrival.isRead() && gate.duplicate().partCount() < 600) {
                    gate.sandbox.workspace().seedParts(DUPLICATE, 600);
                }
                return Optional.empty();
            }));

            Failure failure = gate.applyAndFail().failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(failure.message()).contains("more than 500 parts", gate.reference(gate.key(OperationKind.NOTE)));
            gate.clock.advance(Duration.ofHours(1));
            assertThat(gate.applyAndFail().failure().kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_is_found_although_its_template_was_changed(@TempDir Path folder) throws IOException {
        Path template = Files.writeString(folder.resolve("note.mustache"), "Quite another text for {{duplicate}}");
        try (GateOnSandbox before = GateOnSandbox.open(DATABASE)) {
            before.sandbox.faults(firstNoteWithoutAnswer().and(NO_READ));
            before.apply();
            before.sandbox.faults(FaultPlan.none());

            try (GateOnSandbox after = before.again("convmerge.note-template=file:" + template)) {
                assertThat(after.apply()).isEqualTo(after.done());

                assertThat(after.calls()).containsExactly("read", "tag", "close");
                assertThat(after.duplicate().noteBodies()).hasSize(1);
            }
        }
    }

    private static FaultPlan firstNoteWithoutAnswer() {
        return FaultPlan.on(Arrival::isNote, Fault.DROP_AFTER);
    }

    private static void killedAfterClaim(GateOnSandbox gate, Instant at) {
        gate.claimedNote(gate.key(OperationKind.NOTE), OperationKind.NOTE, DUPLICATE, "cm-k1ll3d", at);
    }
}
