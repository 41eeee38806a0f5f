package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Intercom's own merge: what it does, what it refuses, and how a conversation that was merged away reads afterwards. */
class MergeEndpointTest {
    private final TestClock clock = new TestClock();
    private Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void with(Quirk... quirks) {
        sandbox.close();
        sandbox = Sandbox.builder().clock(clock).quirks(quirks).start();
        client = new Client(sandbox);
    }

    private void seed() {
        sandbox.workspace().addConversation("101");
        sandbox.workspace().addConversation("102");
        sandbox.workspace().writeNote("102", "Merged from 102 because it was asked twice");
        sandbox.workspace().seedParts("102", 1);
    }

    @Test
    void the_parts_of_the_secondary_move_along_internal_notes_included() {
        seed();

        JsonNode primary = merge("102", "101").json();

        assertThat(types(primary)).containsExactly("note", "comment", "merged_primary_conversation");
        assertThat(types(client.get("/conversations/102").json())).containsExactly("merged_secondary_conversation");
        assertThat(client.get("/conversations/102").json().path("state").asString())
                .isEqualTo("closed");
        assertThat(sandbox.workspace().notesWritten("102")).hasSize(1);
    }

    @Test
    void a_stale_read_shows_both_conversations_as_they_were_before() {
        seed();
        clock.advance(Duration.ofMinutes(1));
        merge("102", "101");
        sandbox.staleReads(DelayPlan.always(Arrival::isRead, Duration.ofSeconds(10)));

        assertThat(types(client.get("/conversations/101").json())).isEmpty();
        assertThat(types(client.get("/conversations/102").json())).containsExactly("note", "comment");
        assertThat(client.get("/conversations/102").json().path("state").asString())
                .isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Back-office", "Tracker"})
    void tickets_of_some_kinds_are_merged_neither_away_nor_into(String category) {
        seed();
        sandbox.workspace().addConversation(NewConversation.of("103").asTicket(category));

        assertRefused(merge("103", "101"), 422, "merge_failed");
        assertRefused(merge("101", "103"), 422, "merge_failed");
        assertThat(sandbox.workspace().conversation("103").state()).isEqualTo("open");
    }

    @Test
    void a_token_without_the_scope_for_tickets_merges_everything_else() {
        with(Quirk.TICKETS_NOT_IN_SCOPE);
        seed();
        sandbox.workspace().addConversation(NewConversation.of("103").asTicket("Customer"));

        assertRefused(merge("103", "101"), 403, "forbidden");
        assertThat(client.get("/conversations/103").status()).isEqualTo(200);
        assertThat(merge("101", "103").status()).isEqualTo(200);
    }

    @Test
    void a_ticket_of_a_customer_is_merged_by_a_token_with_the_scope() {
        seed();
        sandbox.workspace().addConversation(NewConversation.of("103").asTicket("Customer"));

        assertThat(merge("103", "101").status()).isEqualTo(200);
    }

    @Test
    void a_workspace_may_refuse_to_merge_conversations_of_different_customers() {
        with(Quirk.CUSTOMERS_NOT_MERGED);
        seed();

        assertRefused(merge("102", "101"), 422, "merge_failed");
    }

    @Test
    void an_email_and_a_chat_are_not_merged_where_channels_matter() {
        with(Quirk.CHANNELS_NOT_MERGED);
        seed();
        sandbox.workspace().addConversation(NewConversation.of("103").asEmail("Where is my parcel?"));
        sandbox.workspace().addConversation(NewConversation.of("104").asEmail("Where is my parcel?"));

        assertRefused(merge("103", "101"), 422, "merge_failed");
        assertThat(merge("102", "101").status()).isEqualTo(200);
        assertThat(merge("104", "103").status()).isEqualTo(200);
    }

    @Test
    void what_was_merged_away_can_be_answered_404_for_every_call_but_another_merge() {
        with(Quirk.MERGED_IS_NOT_FOUND);
        seed();
        merge("102", "101");

        assertRefused(client.get("/conversations/102"), 404, "not_found");
        assertRefused(client.close("102"), 404, "not_found");
        assertThat(merge("102", "101").message()).isEqualTo("Secondary conversation has already been merged");
        assertThat(client.get("/conversations/101").status()).isEqualTo(200);
    }

    @Test
    void what_was_merged_away_can_redirect_to_the_primary() {
        with(Quirk.MERGED_REDIRECTS);
        seed();
        merge("102", "101");

        Client.Reply read = client.get("/conversations/102");

        assertThat(read.status()).isEqualTo(302);
        assertThat(read.header("Location")).isEqualTo("/conversations/101");
        assertThat(client.close("102").status()).isEqualTo(302);
    }

    @Test
    void what_was_merged_away_can_read_as_the_primary() {
        with(Quirk.MERGED_READS_AS_PRIMARY);
        seed();
        merge("102", "101");

        assertThat(client.get("/conversations/102").json().path("id").asString())
                .isEqualTo("101");
    }

    private static void assertRefused(Client.Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private static List<String> types(JsonNode conversation) {
        return conversation.at("/conversation_parts/conversation_parts").values().stream()
                .map(part -> part.path("part_type").asString())
                .toList();
    }

    private Client.Reply merge(String secondary, String primary) {
        return client.post("/conversations/" + secondary + "/merge", "{'merge_into_conversation_id': " + primary + "}");
    }
}
