package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

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

/** How a note in doubt is looked for: by its reference, more than once, also by a later run. */
class InDoubtResolverTest {
    private static final Database DATABASE = Databases.h2();
    private static final FaultPlan NO_READ = FaultPlan.always(Arrival::isRead, Fault.ERROR_500_BEFORE);

    @Test
    void a_note_that_only_the_second_read_shows_is_not_sent_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, setup -> setup.noteVisibleAfter(1))) {
            gate.sandbox.faults(firstNoteWithoutAnswer());

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

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

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.duplicate().noteBodies()).hasSize(1);
            assertThat(Duration.between(before, gate.clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
        }
    }

    @Test
    void a_look_that_fails_leaves_the_note_in_doubt_until_the_next_try_finds_it() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(NO_READ));

            assertThat(failure(gate.apply()).kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
            assertThat(gate.calls()).containsOnlyOnce("note");

            gate.sandbox.faults(FaultPlan.none());
            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_look_without_a_connection_does_not_make_the_note_unsent() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(
                    firstNoteWithoutAnswer().and(FaultPlan.always(Arrival::isRead, Fault.RATE_LIMITED_429)));

            assertThat(failure(gate.apply()).kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("IN_DOUBT");
        }
    }

    @Test
    void a_look_at_a_conversation_that_was_deleted_meanwhile_gives_up_at_once() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(FaultPlan.always(Arrival::isRead, Fault.NOT_FOUND_404)));

            assertThat(failure(gate.apply()).kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(gate.calls()).containsExactly("note", "read");
        }
    }

    @Test
    void a_note_found_sent_by_a_killed_run_is_looked_for_once_as_it_lies_back_long_enough() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant().minusSeconds(3600));
            gate.sandbox.workspace().writeNote(DUPLICATE, "<p>Merged</p><p>ref cm-k1ll3d</p>");

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.calls()).containsExactly("read", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
            assertThat(gate.state(OperationKind.NOTE)).isEqualTo("DONE");
        }
    }

    @Test
    void a_note_that_a_killed_run_did_not_get_out_is_sent_with_the_reference_of_its_claim() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant());

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.calls()).containsExactly("read", "read", "note", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).singleElement().asString().contains("ref cm-k1ll3d");
        }
    }

    @Test
    void a_restart_at_once_lets_a_note_settle_that_left_long_after_its_claim() {
        try (GateOnSandbox gate = GateOnSandbox.open(
                DATABASE, setup -> setup.noteVisibleAfter(Duration.ofSeconds(7)), "convmerge.settle=2s,6s")) {
            // Claimed, held up by a 429 until the next window, sent; then the look is cut off, and the run with it.
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.RATE_LIMITED_429, Fault.DROP_AFTER)
                    .and(FaultPlan.on(Arrival::isRead, Fault.UNAUTHORIZED_401)));
            assertThat(gate.apply()).isInstanceOf(Outcome.RunCannotGoOn.class);

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void another_installations_note_is_not_taken_for_ours() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            killedAfterClaim(gate, gate.clock.instant().minusSeconds(3600));
            gate.sandbox.workspace().writeNote(DUPLICATE, "<p>Merged</p><p>ref cm-0th3rs</p>");

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.duplicate().noteBodies()).hasSize(2);
        }
    }

    @Test
    void a_note_is_found_among_five_hundred_parts() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 600);
            gate.sandbox.faults(firstNoteWithoutAnswer());

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.calls()).containsExactly("note", "read", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_that_is_not_among_five_hundred_parts_reaching_further_back_is_sent_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().seedParts(DUPLICATE, 600);
            gate.clock.advance(Duration.ofHours(1));
            gate.sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.DROP_BEFORE));

            assertThat(gate.apply()).isInstanceOf(Outcome.Merged.class);

            assertThat(gate.calls()).containsExactly("note", "read", "read", "note", "tag", "close");
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_with_more_than_five_hundred_parts_since_stays_in_doubt_for_an_operator() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.faults(firstNoteWithoutAnswer().and(arrival -> {
                if (arrival.isRead() && gate.duplicate().partCount() < 600) {
                    gate.sandbox.workspace().seedParts(DUPLICATE, 600);
                }
                return Optional.empty();
            }));

            Failure failure = failure(gate.apply());

            assertThat(failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(failure.message())
                    .contains(
                            "more than 500 parts",
                            gate.reference(gate.key(OperationKind.NOTE)).orElseThrow());
            gate.clock.advance(Duration.ofHours(1));
            assertThat(failure(gate.apply()).kind()).isEqualTo(FailureKind.IN_DOUBT);
            assertThat(gate.duplicate().noteBodies()).hasSize(1);
        }
    }

    @Test
    void a_note_is_found_although_the_template_was_changed_since(@TempDir Path folder) throws IOException {
        Path template = Files.writeString(folder.resolve("note.mustache"), "Quite another text for {{duplicate}}");
        try (GateOnSandbox before = GateOnSandbox.open(DATABASE)) {
            before.sandbox.faults(firstNoteWithoutAnswer().and(NO_READ));
            before.apply();
            before.sandbox.faults(FaultPlan.none());

            try (GateOnSandbox after = before.again("convmerge.note-template=file:" + template)) {
                assertThat(after.apply()).isInstanceOf(Outcome.Merged.class);

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

    static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }
}
