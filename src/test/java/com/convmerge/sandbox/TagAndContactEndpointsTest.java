package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tags, and the contacts of conversations. */
class TagAndContactEndpointsTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aDeletedTagIsNotFound() {
        workspace.addConversation("111");
        workspace.addConversation("112");
        String tag = workspace.tagNamed("gone").id();
        String other = workspace.tagNamed("other").id();
        client.tag("111", tag);
        assertThat(workspace.removeTag("Gone")).isTrue();

        assertThat(client.tag("112", tag).code()).isEqualTo("tag_not_found");
        assertThat(workspace.conversation("111").tagNames()).isEmpty();
        assertThat(workspace.tagNames()).containsExactly("other");
        assertThat(workspace.tagNamed("gone").id()).isNotIn(tag, other);
        assertThat(workspace.removeTag("never there")).isFalse();
    }

    @Test
    void tagNamesThatDifferInCaseMeanTheSameTag() {
        JsonNode created = client.post("/tags", "{'name': 'Merged-Duplicate'}").json();
        JsonNode again = client.post("/tags", "{'name': ' merged-duplicate '}").json();

        assertThat(created.path("type").asString()).isEqualTo("tag");
        assertThat(created.path("id").isString()).isTrue();
        assertThat(again).isEqualTo(created);
        assertThat(sandbox.calls()).extracting(Call::effect).containsExactly(true, false);
        JsonNode list = client.get("/tags").json();
        assertThat(list.path("type").asString()).isEqualTo("list");
        assertThat(list.path("data").size()).isEqualTo(1);
        assertThat(list.at("/data/0/name").asString()).isEqualTo("Merged-Duplicate");
    }

    @Test
    void aTagIsRenamedOnItsConversationsToo() {
        workspace.addConversation(NewConversation.of("101").tagged("old"));
        String id = workspace.tagNamed("old").id();
        client.post("/tags", "{'id': " + id + ", 'name': 'new'}");

        assertThat(workspace.conversation("101").tagNames()).containsExactly("new");
        assertThat(client.post("/tags", "{'id': 1, 'name': 'x'}").code()).isEqualTo("tag_not_found");
    }

    @Test
    void invalidTagsAreRejected() {
        Client.Reply reply = client.post("/tags", "{'test': 'invalid'}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parameter_invalid");
        assertThat(reply.message()).isEqualTo("invalid tag parameters");
        assertThat(client.post("/tags", "{'name': ' '}").status()).isEqualTo(400);
        assertThat(workspace.tagNames()).isEmpty();
    }

    @Test
    void aTagCanBeAppliedTwiceButRemovedOnlyOnce() {
        workspace.addConversation("101");
        String id = workspace.tagNamed("dup").id();

        JsonNode tagged = client.tag("101", id).json();
        assertThat(tagged.path("name").asString()).isEqualTo("dup");
        assertThat(tagged.path("applied_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(tagged.at("/applied_by/id").asString()).isEqualTo(Client.ADMIN);
        assertThat(client.tag("101", id).json()).isEqualTo(tagged);
        assertThat(sandbox.calls()).extracting(Call::effect).containsExactly(true, false);
        assertThat(workspace.conversation("101").tagNames()).containsExactly("dup");

        String path = "/conversations/101/tags/" + id;
        assertThat(client.delete(path, "{'admin_id': 991267459}")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("dup");
        assertThat(client.delete(path, "{'admin_id': 991267459}").code()).isEqualTo("tag_not_found");
        assertThat(workspace.conversation("101").tags()).isEmpty();
    }

    @Test
    void invalidTaggingIsRejected() {
        workspace.addConversation("101");
        String id = workspace.tagNamed("dup").id();

        Client.Reply missing = client.tag("999", id);
        assertThat(missing.code()).isEqualTo("not_found");
        assertThat(missing.message()).isEqualTo("Conversation not found");
        assertThat(client.tag("101", "7").code()).isEqualTo("tag_not_found");
        assertThat(client.tag("101", "7").status()).isEqualTo(404);
        assertThat(client.post("/conversations/101/tags", "{'id': " + id + "}").code())
                .isEqualTo("parameter_invalid");
        assertThat(client.post("/conversations/101/tags", "{'id': " + id + ", 'admin_id': 1}")
                        .code())
                .isEqualTo("admin_not_found");
        assertThat(client.delete("/conversations/101/tags/" + id, "{}").code()).isEqualTo("parameter_invalid");
        Client.Reply untagged = client.delete("/conversations/999/tags/" + id, "{'admin_id': 991267459}");
        assertThat(untagged.status()).isEqualTo(404);
        assertThat(untagged.code()).isEqualTo("not_found");
        assertThat(untagged.message()).isEqualTo("Conversation not found");
        Client.Reply notThere = client.delete("/conversations/101/tags/" + id, "{'admin_id': 991267459}");
        assertThat(notThere.status()).isEqualTo(404);
        assertThat(notThere.code()).isEqualTo("tag_not_found");
        assertThat(client.delete("/conversations/101/tags/" + id, "{'admin_id': 1}")
                        .code())
                .isEqualTo("admin_not_found");
        assertThat(workspace.conversation("101").tags()).isEmpty();
    }

    @Test
    void theQuirkRefusesARepeatedTag() {
        try (Sandbox strict =
                Sandbox.builder().quirks(Quirk.REPEATED_TAG_REFUSED).start()) {
            strict.workspace().addConversation(NewConversation.of("101").tagged("dup"));
            assertThat(new Client(strict)
                            .tag("101", strict.workspace().tagNamed("dup").id())
                            .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void contactsAreAddedAndRemovedButTheLastOneStays() {
        workspace.addConversation("101");
        String first = workspace.conversation("101").contacts().get(0).id();
        String second = workspace.addConversation("102").contacts().get(0).id();
        String customers = "/conversations/101/customers";

        JsonNode added = client.post(
                        customers, "{'admin_id': 991267459, 'customer': {'intercom_user_id': '" + second + "'}}")
                .json();
        assertThat(added.path("customers").size()).isEqualTo(2);
        assertThat(added.at("/contacts/contacts/1/id").asString()).isEqualTo(second);
        client.post(customers, "{'admin_id': 991267459, 'customer': {'email': 'new@example.com'}}");
        assertThat(workspace.conversation("101").contacts()).hasSize(3);
        Client.Reply unknown = client.post(customers, "{'admin_id': 991267459, 'customer': {'intercom_user_id': 'x'}}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("not_found");

        String third = workspace.conversation("101").contacts().get(2).id();
        assertThat(client.delete(customers + "/" + first, "{'admin_id': 991267459}")
                        .status())
                .isEqualTo(200);
        assertThat(client.delete(customers + "/" + first, "{'admin_id': 991267459}")
                        .message())
                .isEqualTo("User Not Found");
        assertThat(client.delete(customers + "/" + third, "{'admin_id': 991267459}")
                        .status())
                .isEqualTo(200);
        Client.Reply last = client.delete(customers + "/" + second, "{'admin_id': 991267459}");
        assertThat(last.status()).isEqualTo(422);
        assertThat(last.message()).isEqualTo("Removing the last customer is not allowed");
        assertThat(workspace.conversation("101").contacts())
                .extracting(ContactView::id)
                .containsExactly(second);
    }
}
