package com.convmerge.apply;

import static com.convmerge.apply.GateOnSandbox.DUPLICATE;
import static com.convmerge.apply.GateOnSandbox.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.OperationKind;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.NewConversation;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.Database;
import com.convmerge.testing.Databases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a request is applied when no call fails. */
class NormalCaseTest {
    private static final Database DATABASE = Databases.h2();

    @Test
    void a_request_takes_a_note_a_tag_and_a_close_and_no_other_call() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "close");
            ConversationView duplicate = gate.duplicate();
            assertThat(duplicate.noteBodies()).hasSize(1);
            assertThat(duplicate.tagNames()).containsExactly(TAG);
            assertThat(duplicate.closes()).isEqualTo(1);
            assertThat(duplicate.state()).isEqualTo("closed");
            assertThat(duplicate.sentToCustomer()).isEmpty();
            assertThat(states(gate)).containsExactly("DONE", "DONE", "DONE");
        }
    }

    @Test
    void the_ledger_contains_what_an_undo_and_a_search_need() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, setup -> setup.quirks(Quirk.REPEATED_CLOSE_REFUSED))) {
            gate.apply();

            String note = gate.duplicate().notes().get(0).id();
            String reference = gate.reference(gate.key(OperationKind.NOTE));
            assertThat(gate.duplicate().noteBodies().get(0)).contains("ref " + reference);
            assertThat(gate.entry(gate.key(OperationKind.NOTE)).remoteId()).isEqualTo(note);
            assertThat(gate.jdbc
                            .sql("SELECT state_before FROM merge_operation WHERE operation_key = :key")
                            .param("key", gate.key(OperationKind.CLOSE).value())
                            .query(String.class)
                            .single())
                    .isEqualTo("open");
        }
    }

    @Test
    void a_duplicate_that_the_answer_to_the_note_shows_closed_is_not_closed_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, setup -> setup.quirks(Quirk.REPEATED_CLOSE_REFUSED))) {
            gate.sandbox.workspace().close(DUPLICATE);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag");
            assertThat(gate.duplicate().closes()).isEqualTo(1);
            assertThat(states(gate)).containsExactly("DONE", "DONE", "NOT_NEEDED");
        }
    }

    @Test
    void a_duplicate_that_has_the_tag_is_not_tagged_again() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE, setup -> setup.quirks(Quirk.REPEATED_TAG_REFUSED))) {
            gate.sandbox.workspace().tag(DUPLICATE, TAG);

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "close");
            assertThat(states(gate)).containsExactly("DONE", "NOT_NEEDED", "DONE");
        }
    }

    @Test
    void a_snoozed_duplicate_is_closed() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.sandbox.workspace().removeConversation(DUPLICATE);
            gate.sandbox
                    .workspace()
                    .addConversation(NewConversation.of(DUPLICATE).inState("snoozed"));

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.calls()).containsExactly("note", "tag", "close");
            assertThat(gate.duplicate().state()).isEqualTo("closed");
        }
    }

    @Test
    void a_merged_request_that_is_applied_again_takes_no_call() {
        try (GateOnSandbox gate = GateOnSandbox.open(DATABASE)) {
            gate.apply();
            long before = gate.sandbox.callCount();

            assertThat(gate.apply()).isEqualTo(gate.done());

            assertThat(gate.sandbox.callCount()).isEqualTo(before);
        }
    }

    @Test
    void sent_is_committed_before_the_call_arrives_and_done_together_with_the_next_claim() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        GateOnSandbox[] opened = new GateOnSandbox[1];
        try (GateOnSandbox gate =
                GateOnSandbox.open(DATABASE, setup -> setup.onCall(call -> lookIntoTheLedger(opened[0], call, seen)))) {
            opened[0] = gate;

            gate.apply();

            assertThat(seen)
                    .containsExactly("/reply: SENT, none, none", "/tags: DONE, SENT, none", "/parts: DONE, DONE, SENT");
        }
    }

    /** Runs on a thread of the server, so on another database connection than that of the gate. */
    private static void lookIntoTheLedger(GateOnSandbox gate, Call call, List<String> seen) {
        if (gate != null) {
            seen.add(call.path().replaceAll(".*/", "/") + ": " + String.join(", ", states(gate)));
        }
    }

    private static List<String> states(GateOnSandbox gate) {
        return GateOnSandbox.OPERATIONS.stream().map(gate::state).toList();
    }
}
