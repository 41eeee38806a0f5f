package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Intercom's own merge, the search, the list of deleted conversations and unknown paths. */
class MergeSearchDeletedTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theMergeOfIntercomClosesTheSecondaryConversation() {
        workspace.addConversation("101");
        workspace.addConversation("102");

        JsonNode primary = merge("102", "101").json();

        assertThat(primary.path("id").asString()).isEqualTo("101");
        assertThat(primary.at("/conversation_parts/conversation_parts/0/part_type")
                        .asString())
                .isEqualTo("merged_primary_conversation");
        assertThat(workspace.conversation("102").state()).isEqualTo("closed");
        assertThat(workspace.conversation("102").mergedInto()).isEqualTo("101");
        assertThat(client.get("/conversations/102").body()).doesNotContain("101");
        assertThat(workspace.conversation("101").contacts()).hasSize(2);
    }

    @Test
    void invalidMergesAreRejected() {
        workspace.addConversation("101");
        workspace.addConversation("102");
        workspace.addConversation("103");
        merge("102", "101");

        assertThat(merge("101", "999").message()).isEqualTo("Primary conversation not found");
        assertThat(merge("101", "999").status()).isEqualTo(422);
        assertThat(merge("101", "999").code()).isEqualTo("merge_failed");
        assertThat(merge("101", "101").message()).isEqualTo("Cannot merge a conversation into itself");
        assertThat(merge("102", "103").message()).isEqualTo("Secondary conversation has already been merged");
        assertThat(merge("999", "101").status()).isEqualTo(404);
        Client.Reply text = merge("103", "'101'");
        assertThat(text.status()).isEqualTo(400);
        assertThat(text.message()).isEqualTo("merge_into_conversation_id must be a valid integer conversation ID");
        assertThat(workspace.conversation("103").state()).isEqualTo("open");
    }

    @Test
    void searchFindsByFieldsAndPagesByCursor() {
        String tag = workspace.tagNamed("dup").id();
        for (int i = 95; i < 105; i++) {
            workspace.addConversation(NewConversation.of(String.valueOf(i)).inState(i % 2 == 0 ? "closed" : "open"));
        }
        workspace.tag("97", "DUP");

        assertThat(ids(search("{'field': 'state', 'operator': '=', 'value': 'closed'}", 20)))
                .containsExactly("96", "98", "100", "102", "104");
        assertThat(ids(search("{'field': 'tag_ids', 'operator': 'IN', 'value': ['" + tag + "']}", 20)))
                .containsExactly("97");
        assertThat(ids(search(
                        "{'operator': 'AND', 'value': [{'field': 'open', 'operator': '=', 'value': true},"
                                + " {'operator': 'OR', 'value': [{'field': 'id', 'operator': '=', 'value': '101'},"
                                + " {'field': 'id', 'operator': '=', 'value': '102'}]}]}",
                        20)))
                .containsExactly("101");
        long now = clock.instant().getEpochSecond();
        assertThat(ids(search("{'field': 'created_at', 'operator': '>', 'value': '" + now + "'}", 20)))
                .isEmpty();
        assertThat(ids(search("{'field': 'created_at', 'operator': '>', 'value': " + (now - 1) + "}", 20)))
                .hasSize(10);
        assertThat(pagesOf("{'field': 'created_at', 'operator': '>', 'value': '1'}", 4))
                .containsExactly(
                        List.of("95", "96", "97", "98"), List.of("99", "100", "101", "102"), List.of("103", "104"));
    }

    @Test
    void snoozedConversationsAreFoundWithTheTimeAtWhichTheyWake() {
        for (int i = 1; i <= 4; i++) {
            workspace.addConversation("10" + i, "snoozed");
        }
        Instant until = clock.instant().plus(NewConversation.SNOOZED_FOR);
        Instant soon = clock.instant().plusSeconds(60);
        workspace.snooze("102", soon);
        workspace.close("103");
        String snoozed = "{'field': 'state', 'operator': '=', 'value': 'snoozed'}";

        JsonNode first = search(snoozed, 2).json();

        assertThat(ids(first)).containsExactly("101", "102");
        assertThat(first.path("conversations").values())
                .extracting(conversation -> conversation.path("state").asString())
                .containsExactly("snoozed", "snoozed");
        assertThat(first.path("conversations").values())
                .extracting(conversation -> conversation.path("snoozed_until").asLong())
                .containsExactly(until.getEpochSecond(), soon.getEpochSecond());
        String after = first.at("/pages/next/starting_after").asString();
        JsonNode second = client.post(
                        "/conversations/search",
                        "{'query': " + snoozed + ", 'pagination': {'per_page': 150, 'starting_after': '" + after
                                + "'}}")
                .json();
        assertThat(ids(second)).containsExactly("104");
        assertThat(second.at("/pages/next").isObject()).isFalse();
        assertThat(ids(search(
                        "{'field': 'snoozed_until', 'operator': '>', 'value': " + soon.getEpochSecond() + "}", 20)))
                .containsExactly("101", "104");
        clock.advance(Duration.ofSeconds(60));
        assertThat(ids(search(snoozed, 150))).as("one is awake").containsExactly("101", "104");
        assertThat(search("{'field': 'snoozed_until', 'operator': '>', 'value': 'soon'}", 20)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void invalidSearchesAreRejected() {
        assertThat(search("{'field': 'shoe_size', 'operator': '=', 'value': '1'}", 20)
                        .status())
                .isEqualTo(400);
        assertThat(search("{'field': 'id', 'operator': '~~', 'value': '1'}", 20).code())
                .isEqualTo("parameter_invalid");
        assertThat(search("{'field': 'created_at', 'operator': '>', 'value': 'foobar'}", 20)
                        .status())
                .isEqualTo(400);
        assertThat(search("{'field': 'id', 'operator': '=', 'value': '1'}", 151).status())
                .isEqualTo(400);
        assertThat(search("{'operator': 'AND', 'value': []}", 20).status()).isEqualTo(400);
    }

    @Test
    void removedConversationsAreListedAsDeleted() {
        for (int i = 1; i <= 3; i++) {
            workspace.addConversation("10" + i);
            workspace.removeConversation("10" + i);
        }

        JsonNode first = client.get("/conversations/deleted?per_page=2").json();
        assertThat(first.path("total_count").asInt()).isEqualTo(3);
        assertThat(ids(first)).containsExactly("103", "102");
        assertThat(first.at("/conversations/0/deleted_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        String next = first.at("/pages/next").asString();
        assertThat(next).startsWith(sandbox.url().toString());
        JsonNode second =
                client.get(next.substring(sandbox.url().toString().length())).json();
        assertThat(ids(second)).containsExactly("101");
        assertThat(second.at("/pages/next").isNull()).isTrue();
        assertThat(ids(client.get("/conversations/deleted?order=asc").json())).containsExactly("101", "102", "103");
        assertThat(client.get("/conversations/101").status()).isEqualTo(404);
    }

    @Test
    void otherPathsAndMethodsAreRejected() {
        workspace.addConversation("101");

        assertThat(client.get("/contacts").status()).isEqualTo(404);
        assertThat(client.get("/conversations/").status()).isEqualTo(404);
        assertThat(client.get("/conversations/101/reply").status()).isEqualTo(405);
        assertThat(client.get("/contacts").json().path("type").asString()).isEqualTo("error.list");
        assertThat(client.send(client.request("/me").method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(405);
        assertThat(client.get("/me").status())
                .as("the connection can still be used")
                .isEqualTo(200);
    }

    private Client.Reply merge(String secondary, String primary) {
        return client.post("/conversations/" + secondary + "/merge", "{'merge_into_conversation_id': " + primary + "}");
    }

    private Client.Reply search(String query, int perPage) {
        return client.post(
                "/conversations/search", "{'query': " + query + ", 'pagination': {'per_page': " + perPage + "}}");
    }

    private List<List<String>> pagesOf(String query, int perPage) {
        List<List<String>> pages = new ArrayList<>();
        JsonNode page = search(query, perPage).json();
        pages.add(ids(page));
        while (page.at("/pages/next").isObject()) {
            assertThat(page.path("total_count").asInt()).isEqualTo(10);
            String after = page.at("/pages/next/starting_after").asString();
            page = client.post(
                            "/conversations/search",
                            "{'query': " + query + ", 'pagination': {'per_page': " + perPage + ", 'starting_after': '"
                                    + after + "'}}")
                    .json();
            pages.add(ids(page));
        }
        return pages;
    }

    private static List<String> ids(Client.Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return ids(reply.json());
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("conversations")
                .forEach(conversation -> ids.add(conversation.path("id").asString()));
        return ids;
    }
}
