package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The words of a part, or of the first message, can be deleted; the part itself stays. */
class RedactionTest {
    private static final String DELETED = "<p><i>This message was deleted</i></p>";

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_words_of_a_part_are_deleted_and_the_rest_of_it_stays() {
        String first = note("first");
        String second = note("second");
        Instant written = clock.instant();
        clock.advance(Duration.ofHours(1));

        Client.Reply reply = redact("101", second);

        assertThat(reply.status()).isEqualTo(200);
        JsonNode part = reply.json().at("/conversation_parts/conversation_parts/1");
        assertThat(part.path("id").asString()).isEqualTo(second);
        assertThat(part.path("body").asString()).isEqualTo(DELETED);
        assertThat(part.path("redacted").asBoolean()).isTrue();
        assertThat(part.path("part_type").asString()).isEqualTo("note");
        assertThat(part.path("created_at").asLong()).isEqualTo(written.getEpochSecond());
        assertThat(part.path("updated_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(reply.json().path("updated_at").asLong())
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(client.get("/conversations/101").json()).isEqualTo(reply.json());
        assertThat(workspace.conversation("101").noteBodies()).containsExactly("<p>first</p>", DELETED);
        assertThat(workspace.notesWritten("101"))
                .extracting(note -> note.note().body())
                .as("what was really written")
                .containsExactly("<p>first</p>", "<p>second</p>");
        assertThat(workspace.conversation("101").parts().get(0).id()).isEqualTo(first);
        assertThat(workspace.conversation("101").parts().get(0).redactedAt()).isNull();
    }

    @Test
    void ids_may_be_numbers_and_a_second_redaction_changes_nothing() {
        String note = note("once");
        JsonNode answer = redact("101", note).json();
        clock.advance(Duration.ofHours(1));

        Client.Reply again = client.post(
                "/conversations/redact",
                "{'type': 'conversation_part', 'conversation_id': 101, 'conversation_part_id': " + note + "}");

        assertThat(again.json()).isEqualTo(answer);
        assertThat(sandbox.calls()).extracting(Call::effect).containsExactly(true, true, false);
    }

    @Test
    void the_first_message_is_redacted_by_the_id_of_the_source() {
        String source = client.get("/conversations/101").json().at("/source/id").asString();

        JsonNode answer = redactSource(source).json();

        assertThat(answer.at("/source/body").asString()).isEqualTo(DELETED);
        assertThat(answer.at("/source/redacted").asBoolean()).isTrue();
        assertThat(workspace.conversation("101").firstMessage()).isEqualTo(DELETED);
        assertThat(redactSource("1").code()).isEqualTo("conversation_part_or_message_not_found");
    }

    @Test
    void what_is_not_there_is_not_found() {
        workspace.addConversation("102");
        String note = note("of the other");

        for (Client.Reply reply : new Client.Reply[] {redact("999", note), redact("101", "7"), redact("102", note)}) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("conversation_part_or_message_not_found");
            assertThat(reply.message()).isEqualTo("Conversation part or message not found");
        }
        assertThat(redact("last", note).status()).as("no alias").isEqualTo(404);
    }

    @Test
    void a_part_without_words_is_refused_and_so_is_a_body_that_lacks_something() {
        client.close("101");
        String close = workspace.conversation("101").parts().get(0).id();

        assertThat(redact("101", close).code()).isEqualTo("conversation_part_not_redactable");
        assertThat(redact("101", close).status()).isEqualTo(422);
        assertThat(client.post("/conversations/redact", "{'type': 'note', 'conversation_id': '101'}")
                        .code())
                .isEqualTo("type_mismatch");
        assertThat(client.post("/conversations/redact", "{'type': 'source', 'source_id': '1'}")
                        .message())
                .isEqualTo("conversation_id is a required parameter");
        assertThat(client.post("/conversations/redact", "{'type': 'conversation_part', 'conversation_id': '101'}")
                        .code())
                .isEqualTo("parameter_not_found");
        assertThat(client.post("/conversations/redact", "nothing").status()).isEqualTo(400);
    }

    @Test
    void the_quirk_refuses_a_repeated_redaction() {
        try (Sandbox strict =
                Sandbox.builder().quirks(Quirk.REPEATED_REDACTION_REFUSED).start()) {
            strict.workspace().addConversation("101");
            Client reader = new Client(strict);
            String note = newestPart(reader.note("101", "words"));
            assertThat(redact(reader, "101", note).status()).isEqualTo(200);
            assertThat(redact(reader, "101", note).code()).isEqualTo("conversation_part_not_redactable");
        }
    }

    @Test
    void its_path_is_no_conversation_and_the_call_is_about_the_one_in_the_body() {
        String note = note("words");
        sandbox.faults(FaultPlan.on(call -> call.isFor("101") && call.isRedaction(), Fault.NOT_REDACTABLE_422));

        assertThat(redact("101", note).code()).isEqualTo("conversation_part_not_redactable");
        assertThat(redact("101", note).status()).isEqualTo(200);
        assertThat(redact("101", "7").status()).isEqualTo(404);
        assertThat(client.get("/conversations/redact").status()).isEqualTo(405);

        assertThat(sandbox.calls())
                .extracting(Call::route)
                .containsExactly(Route.REPLY, Route.REDACT, Route.REDACT, Route.REDACT, Route.WRONG_METHOD);
        assertThat(sandbox.calls())
                .extracting(call -> call.arrival().attempt())
                .as("each part is an operation of its own")
                .containsExactly(1, 1, 2, 1, 1);
        assertThat(sandbox.calls())
                .extracting(call -> call.conversationId().orElse("none"))
                .containsExactly("101", "101", "101", "101", "none");
    }

    @Test
    void it_can_be_late_and_a_stale_read_still_has_the_words() {
        String note = note("words");
        sandbox.lateEffects(DelayPlan.always(Arrival::isRedaction, Duration.ofMinutes(1)));

        assertThat(redact("101", note).body()).contains(DELETED);
        assertThat(client.get("/conversations/101").body()).contains("words");
        clock.advance(Duration.ofMinutes(1));
        assertThat(client.get("/conversations/101").body()).contains(DELETED).doesNotContain("words");

        sandbox.staleReads(DelayPlan.always(Arrival::isRead, Duration.ofSeconds(1)));
        assertThat(client.get("/conversations/101").body()).contains("words");
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.get("/conversations/101").body()).doesNotContain("words");
    }

    private String note(String words) {
        return newestPart(client.note("101", words));
    }

    private static String newestPart(Client.Reply reply) {
        JsonNode parts = reply.json().at("/conversation_parts/conversation_parts");
        return parts.path(parts.size() - 1).path("id").asString();
    }

    private Client.Reply redact(String conversation, String part) {
        return redact(client, conversation, part);
    }

    private static Client.Reply redact(Client client, String conversation, String part) {
        return client.post(
                "/conversations/redact",
                "{'type': 'conversation_part', 'conversation_id': '" + conversation + "', 'conversation_part_id': '"
                        + part + "'}");
    }

    private Client.Reply redactSource(String id) {
        return client.post(
                "/conversations/redact", "{'type': 'source', 'conversation_id': '101', 'source_id': '" + id + "'}");
    }
}
