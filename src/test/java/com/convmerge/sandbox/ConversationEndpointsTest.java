package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Replies to conversations, changes of their state and assignments. */
class ConversationEndpointsTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** As intercom-ruby does it. */
    @Test
    void aConversationIsAlsoClosedAndOpenedByAReply() {
        sandbox.workspace().addConversation("7001");
        String reply = "{'message_type': '%s', 'type': 'admin', 'admin_id': " + Client.ADMIN + "}";

        assertThat(client.post("/conversations/7001/reply/", reply.formatted("close"))
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.workspace().conversation("7001").state()).isEqualTo("closed");
        assertThat(client.post("/conversations/7001/reply", reply.formatted("open"))
                        .status())
                .isEqualTo(200);
        assertThat(sandbox.workspace().conversation("7001").state()).isEqualTo("open");
    }

    @Test
    void anUnknownConversationAnswersNotFound() {
        Client.Reply reply = client.get("/conversations/404");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("type").asString()).isEqualTo("error.list");
        assertThat(reply.json().path("request_id").asString()).isEqualTo(reply.header("X-Request-Id"));
        assertThat(reply.code()).isEqualTo("not_found");
        assertThat(reply.message()).isEqualTo("Resource Not Found");
    }

    @Test
    void aNoteIsAnsweredWithTheWholeConversation() {
        workspace.addConversation(NewConversation.of("101").inState("closed").tagged("vip"));
        clock.advance(Duration.ofSeconds(7));

        JsonNode answer = client.note("101", "Merged into 100").json();

        assertThat(answer.path("state").asString()).isEqualTo("closed");
        assertThat(answer.at("/tags/tags/0/name").asString()).isEqualTo("vip");
        JsonNode part = answer.at("/conversation_parts/conversation_parts/0");
        assertThat(part.path("part_type").asString()).isEqualTo("note");
        assertThat(part.path("body").asString()).isEqualTo("<p>Merged into 100</p>");
        assertThat(part.path("created_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(part.at("/author/id").asString()).isEqualTo(Client.ADMIN);
        assertThat(workspace.conversation("101").noteBodies()).containsExactly("<p>Merged into 100</p>");
        assertThat(workspace.conversation("101").updatedAt()).isEqualTo(clock.instant());
        assertThat(workspace.conversation("101").sentToCustomer()).isEmpty();
    }

    @Test
    void aCommentIsSentToTheCustomer() {
        workspace.addConversation("101");
        client.post(
                "/conversations/101/reply",
                "{'message_type': 'comment', 'type': 'admin', 'admin_id': 991267459, 'body': 'Hi'}");

        assertThat(workspace.conversation("101").sentToCustomer()).hasSize(1);
        assertThat(workspace.conversation("101").notes()).isEmpty();
    }

    @Test
    void aReplyOfAContactOpensTheConversation() {
        workspace.addConversation("101", "closed");
        String contact = workspace.conversation("101").contacts().get(0).id();
        Client.Reply reply = client.post(
                "/conversations/101/reply",
                "{'message_type': 'comment', 'type': 'user', 'intercom_user_id': '" + contact
                        + "', 'body': 'Still broken'}");

        assertThat(reply.json().path("state").asString()).isEqualTo("open");
        assertThat(workspace.conversation("101").partsOf("open").get(0).author().id())
                .isEqualTo(contact);
    }

    @Test
    void invalidRepliesAreRejectedWithoutEffect() {
        workspace.addConversation("101");
        String reply = "/conversations/101/reply";

        assertThat(client.note("999", "x").code()).isEqualTo("not_found");
        assertThat(client.note("101", "  ").code()).isEqualTo("parameter_invalid");
        assertThat(client.note("101", " ").status()).isEqualTo(400);
        assertThat(client.post(reply, "{'message_type': 'note', 'type': 'admin', 'admin_id': 1, 'body': 'x'}")
                        .code())
                .isEqualTo("admin_not_found");
        assertThat(client.post(reply, "{'message_type': 'letter', 'type': 'admin', 'admin_id': 991267459, 'body': 'x'}")
                        .code())
                .isEqualTo("parameter_invalid");
        assertThat(client.post(reply, "{'message_type': 'note'").code()).isEqualTo("bad_request");
        assertThat(client.post(reply, "[]").code()).isEqualTo("bad_request");
        assertThat(client.post(reply, "").code()).isEqualTo("parameter_invalid");
        assertThat(workspace.conversation("101").parts()).isEmpty();
        assertThat(sandbox.calls()).hasSize(8).noneMatch(Call::effect);
    }

    @Test
    void closeOpenAndSnoozeChangeTheState() {
        workspace.addConversation("101");
        long until = clock.instant().getEpochSecond() + 60;

        assertThat(client.close("101").json().path("state").asString()).isEqualTo("closed");
        assertThat(manage("{'message_type': 'open', 'admin_id': 991267459}")
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("open");
        JsonNode snoozed = manage("{'message_type': 'snoozed', 'admin_id': 991267459, 'snoozed_until': " + until + "}")
                .json();
        assertThat(snoozed.path("state").asString()).isEqualTo("snoozed");
        assertThat(snoozed.path("snoozed_until").asLong()).isEqualTo(until);
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/conversations/101").json().path("state").asString())
                .isEqualTo("open");
        assertThat(workspace.conversation("101").closes()).isEqualTo(1);
        assertThat(workspace.conversation("101").sentToCustomer()).isEmpty();
    }

    @Test
    void aSecondCloseAddsAnotherPartUnlessTheQuirkRefusesIt() {
        workspace.addConversation("101", "closed");
        assertThat(client.close("101").status()).isEqualTo(200);
        assertThat(workspace.conversation("101").closes()).isEqualTo(1);

        try (Sandbox strict =
                Sandbox.builder().quirks(Quirk.REPEATED_CLOSE_REFUSED).start()) {
            strict.workspace().addConversation("101", "closed");
            assertThat(new Client(strict).close("101").status()).isEqualTo(422);
            assertThat(strict.workspace().conversation("101").closes()).isZero();
        }
    }

    @Test
    void aCloseWithABodyIsSentToTheCustomer() {
        workspace.addConversation("101");
        manage("{'message_type': 'close', 'type': 'admin', 'admin_id': 991267459, 'body': 'Goodbye'}");

        assertThat(workspace.conversation("101").sentToCustomer()).hasSize(1);
    }

    @Test
    void conversationsAreAssignedToAnAdminATeamOrNobody() {
        workspace.addConversation("101");
        JsonNode admin = manage(
                        "{'message_type': 'assignment', 'type': 'admin', 'admin_id': 991267459, 'assignee_id': 991267459}")
                .json();
        assertThat(admin.path("admin_assignee_id").asLong()).isEqualTo(991267459L);
        assertThat(admin.at("/conversation_parts/conversation_parts/0/assigned_to/type")
                        .asString())
                .isEqualTo("admin");
        JsonNode team = manage(
                        "{'message_type': 'assignment', 'type': 'team', 'admin_id': 991267459, 'assignee_id': '5017691'}")
                .json();
        assertThat(team.path("team_assignee_id").asLong()).isEqualTo(5017691L);
        assertThat(manage("{'message_type': 'assignment', 'type': 'admin', 'admin_id': 991267459, 'assignee_id': '5'}")
                        .status())
                .isEqualTo(404);
        JsonNode nobody = manage(
                        "{'message_type': 'assignment', 'type': 'admin', 'admin_id': 991267459, 'assignee_id': '0'}")
                .json();
        assertThat(nobody.path("admin_assignee_id").asLong(-1)).isZero();
    }

    @Test
    void invalidChangesAreRejectedWithoutEffect() {
        workspace.addConversation("101");

        assertThat(client.close("999").code()).isEqualTo("not_found");
        assertThat(manage("{'message_type': 'close', 'type': 'admin', 'admin_id': 1}")
                        .code())
                .isEqualTo("admin_not_found");
        assertThat(manage("{'message_type': 'close', 'admin_id': 991267459}").code())
                .isEqualTo("parameter_invalid");
        assertThat(manage("{'message_type': 'burn', 'admin_id': 991267459}").code())
                .isEqualTo("parameter_invalid");
        assertThat(manage("{'message_type': 'snoozed', 'admin_id': 991267459}").code())
                .isEqualTo("parameter_invalid");
        assertThat(workspace.conversation("101").state()).isEqualTo("open");
        assertThat(workspace.conversation("101").parts()).isEmpty();
    }

    @Test
    void aNewNoteStaysHiddenForSomeReads() {
        try (Sandbox slow = Sandbox.builder().noteVisibleAfter(2).start()) {
            slow.workspace().addConversation("101");
            Client reader = new Client(slow);
            assertThat(reader.note("101", "hidden at first").body()).contains("hidden at first");

            assertThat(reader.get("/conversations/101").body()).doesNotContain("hidden at first");
            assertThat(reader.get("/conversations/101")
                            .json()
                            .at("/conversation_parts/total_count")
                            .asInt())
                    .isZero();
            assertThat(reader.get("/conversations/101").body()).contains("hidden at first");
            assertThat(slow.workspace().conversation("101").notes()).hasSize(1);
        }
    }

    @Test
    void aNewNoteStaysHiddenForSomeTime() {
        try (Sandbox slow = Sandbox.builder()
                .clock(clock)
                .noteVisibleAfter(Duration.ofSeconds(3))
                .start()) {
            slow.workspace().addConversation("101");
            Client reader = new Client(slow);
            reader.note("101", "hidden at first");

            clock.advance(Duration.ofMillis(2_999));
            assertThat(reader.get("/conversations/101").body()).doesNotContain("hidden at first");
            clock.advance(Duration.ofMillis(1));
            assertThat(reader.get("/conversations/101").body()).contains("hidden at first");
        }
    }

    private Client.Reply manage(String json) {
        return client.post("/conversations/101/parts", json);
    }
}
