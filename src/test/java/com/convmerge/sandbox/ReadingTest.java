package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads of the admin and of conversations. */
class ReadingTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void meNamesTheAdminAndTheWorkspace() {
        JsonNode me = client.get("/me").json();

        assertThat(me.path("type").asString()).isEqualTo("admin");
        assertThat(me.path("id").asString()).isEqualTo(Client.ADMIN);
        assertThat(me.path("name").asString()).isEqualTo("Olivia Night");
        assertThat(me.path("app").path("id_code").asString()).isEqualTo("sandbox");
        assertThat(me.path("app").path("region").asString()).isEqualTo("US");
    }

    @Test
    void aReadReturnsTheFieldsOfIntercom() {
        workspace.addConversation(new NewConversation(
                "101",
                "open",
                "Refund",
                "Where is my money & more?",
                "Hello",
                "Ann Lee",
                "ann@example.com",
                List.of("vip")));

        JsonNode read = client.get("/conversations/101").json();

        assertThat(read.path("type").asString()).isEqualTo("conversation");
        assertThat(read.path("id").asString()).isEqualTo("101");
        assertThat(read.path("title").asString()).isEqualTo("Refund");
        assertThat(read.path("state").asString()).isEqualTo("open");
        assertThat(read.path("open").asBoolean()).isTrue();
        assertThat(read.path("created_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(read.at("/source/subject").asString()).isEqualTo("<p>Where is my money &amp; more?</p>");
        assertThat(read.at("/source/body").asString()).isEqualTo("<p>Hello</p>");
        assertThat(read.at("/source/author/email").asString()).isEqualTo("ann@example.com");
        assertThat(read.at("/contacts/contacts/0/type").asString()).isEqualTo("contact");
        assertThat(read.at("/tags/tags/0/name").asString()).isEqualTo("vip");
        assertThat(read.at("/conversation_parts/total_count").asInt()).isZero();
    }

    @Test
    void lastIsTheConversationThatChangedMostRecently() {
        workspace.addConversation("101");
        workspace.addConversation("102");
        client.note("101", "here");

        assertThat(client.get("/conversations/last").json().path("id").asString())
                .isEqualTo("101");
        assertThat(client.note("last", "oops").status()).isEqualTo(200);
        assertThat(workspace.conversation("101").notes()).hasSize(2);

        workspace.removeConversation("101");
        assertThat(client.get("/conversations/last").json().path("id").asString())
                .isEqualTo("102");
    }

    @Test
    void onlyTheNewest500PartsAreShown() {
        workspace.addConversation("101");
        client.note("101", "the first part");
        workspace.seedParts("101", 500);

        JsonNode parts = client.get("/conversations/101").json().path("conversation_parts");

        assertThat(parts.path("total_count").asInt()).isEqualTo(501);
        assertThat(parts.path("conversation_parts").size()).isEqualTo(500);
        assertThat(parts.toString()).doesNotContain("the first part").contains("Message 1<", "Message 500<");
        assertThat(workspace.conversation("101").notes()).hasSize(1);
    }

    @Test
    void plainTextShowsLinksAsLabelAndAddress() {
        workspace.addConversation("101");
        client.post(
                "/conversations/101/reply",
                "{'message_type': 'note', 'type': 'admin', 'admin_id': 991267459,"
                        + " 'body': '<p>See <a href=\\'https://x.example/1\\'>this &amp; that</a></p>'}");

        JsonNode read = client.get("/conversations/101?display_as=plaintext").json();

        assertThat(read.at("/conversation_parts/conversation_parts/0/body").asString())
                .isEqualTo("See this & that (https://x.example/1)");
    }
}
