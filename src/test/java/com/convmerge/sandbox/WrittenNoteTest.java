package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record of the notes that were really written. */
class WrittenNoteTest {
    private static final Duration DELAY = Duration.ofSeconds(90);

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        workspace.addConversation("102");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aNoteIsRecordedWithItsCallAndBothTimes() {
        sandbox.lateEffects(DelayPlan.on(Arrival::isNote, DELAY));
        sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.GATEWAY_504_AFTER));
        client.note("101", "late");
        client.note("101", "at once");
        assertThat(workspace.notesWritten("101")).hasSize(1);
        clock.advance(DELAY.plusSeconds(1));

        assertThat(workspace.notesWritten("101"))
                .extracting(written -> written.note().body())
                .containsExactly("<p>at once</p>", "<p>late</p>");
        WrittenNote late = workspace.notesWritten("101").get(1);
        assertThat(late.byCall().orElseThrow()).isEqualTo(sandbox.calls().get(0).arrival());
        assertThat(late.arrivedAt()).isEqualTo(TestClock.START);
        assertThat(late.writtenAt()).isEqualTo(TestClock.START.plus(DELAY));
        assertThat(late.note()).isEqualTo(workspace.conversation("101").notes().get(1));
    }

    @Test
    void aNoteOfATeammateHasNoCall() {
        client.get("/conversations/102");
        workspace.writeNote("102", "by hand");

        WrittenNote written = workspace.notesWritten("102").get(0);
        assertThat(written.byCall()).isEmpty();
        assertThat(written.arrivedAt()).isEqualTo(TestClock.START);
    }

    @Test
    void notesWithoutEffectAndOtherPartsAreNotRecorded() {
        sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.ERROR_500_BEFORE));
        client.note("101", "never");
        client.close("101");
        client.note("999", "never");

        assertThat(workspace.notesWritten("101")).isEmpty();
        assertThat(workspace.notesWritten("999")).isEmpty();
    }

    @Test
    void wrongAnswersAndADeletionDoNotChangeTheRecord() {
        sandbox.answers(AnswerPlan.always(call -> true, PartsLeftOut.all()));
        client.note("101", "first");
        client.note("101", "second");
        workspace.removeConversation("101");

        assertThat(workspace.notesWritten("101")).hasSize(2);
    }
}
