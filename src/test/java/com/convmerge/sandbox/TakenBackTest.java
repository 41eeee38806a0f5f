package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can go wrong when a merge is taken back: with untagging, opening and snoozing, and how each is brought about. */
class TakenBackTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation(NewConversation.of("101").inState("closed").tagged("dup"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_untag_is_accepted_and_has_its_effect_late() {
        sandbox.lateEffects(DelayPlan.on(Arrival::isUntag, Duration.ofMinutes(1)));

        assertThat(untag().status()).isEqualTo(200);
        assertThat(tagsRead()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(tagsRead()).isEmpty();
    }

    @Test
    void an_untag_is_accepted_and_a_stale_read_still_shows_the_tag() {
        clock.advance(Duration.ofMinutes(1));
        sandbox.staleReads(DelayPlan.on(Arrival::isRead, Duration.ofSeconds(10)));

        assertThat(untag().status()).isEqualTo(200);
        assertThat(tagsRead()).hasSize(1);
        assertThat(tagsRead()).isEmpty();
    }

    @Test
    void an_untag_is_accepted_and_never_has_its_effect() {
        sandbox.lateEffects(DelayPlan.on(Arrival::isUntag, Duration.ofDays(36_500)));

        assertThat(untag().status()).isEqualTo(200);
        clock.advance(Duration.ofDays(365));
        assertThat(tagsRead()).hasSize(1);
    }

    @Test
    void an_untag_is_answered_404_although_the_tag_is_there() {
        sandbox.faults(FaultPlan.on(Arrival::isUntag, Fault.TAG_NOT_FOUND_404));

        assertThat(untag().code()).isEqualTo("tag_not_found");
        assertThat(tagsRead()).hasSize(1);
        assertThat(untag().status()).isEqualTo(200);
    }

    @Test
    void a_workflow_closes_what_was_opened() {
        workspace.workflowCloses("101", true);

        JsonNode answer = manage("'open'");

        assertThat(answer.path("state").asString()).isEqualTo("closed");
        assertThat(workspace.conversation("101").parts())
                .extracting(PartView::partType)
                .containsExactly("open", "close");
        assertThat(workspace.conversation("101").parts())
                .extracting(part -> part.author().type())
                .containsExactly("admin", "bot");
        workspace.workflowCloses("101", false);
        assertThat(manage("'open'").path("state").asString()).isEqualTo("open");
    }

    @Test
    void a_workflow_wakes_what_was_snoozed() {
        workspace.workflowWakes("101", true);

        JsonNode answer = snooze();

        assertThat(answer.path("state").asString()).isEqualTo("open");
        assertThat(answer.path("snoozed_until").isNull()).isTrue();
        assertThat(workspace.conversation("101").parts())
                .extracting(PartView::partType)
                .containsExactly("snoozed", "open");
    }

    @Test
    void a_snooze_is_accepted_and_only_shown_as_open() {
        sandbox.answers(AnswerPlan.on(Arrival::isSnooze, WrongAnswer.state("open")));

        assertThat(snooze().path("state").asString()).isEqualTo("open");
        assertThat(workspace.conversation("101").state()).isEqualTo("snoozed");
    }

    @Test
    void an_open_is_told_from_other_calls() {
        manage("'open'");
        snooze();
        untag();

        assertThat(sandbox.calls()).extracting(call -> call.arrival().isOpen()).containsExactly(true, false, false);
        assertThat(sandbox.calls())
                .extracting(call -> call.arrival().isSnooze())
                .containsExactly(false, true, false);
    }

    private Client.Reply untag() {
        return client.delete(
                "/conversations/101/tags/" + workspace.tagNamed("dup").id(), "{'admin_id': 991267459}");
    }

    private JsonNode manage(String messageType) {
        return client.post(
                        "/conversations/101/parts",
                        "{'message_type': " + messageType + ", 'type': 'admin', 'admin_id': 991267459}")
                .json();
    }

    private JsonNode snooze() {
        long until = clock.instant().plusSeconds(3600).getEpochSecond();
        return manage("'snoozed', 'snoozed_until': " + until);
    }

    private JsonNode tagsRead() {
        return client.get("/conversations/101").json().at("/tags/tags");
    }
}
