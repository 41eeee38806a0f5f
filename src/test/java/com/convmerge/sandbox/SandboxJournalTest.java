package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sandbox has accepted is there again when another one is started on the same file, as after the end of the program. */
class SandboxJournalTest {
    private static final Consumer<SandboxWorkspace> FILL = workspace -> {
        workspace.addConversation(NewConversation.of("101").tagged("vip"));
        workspace.addConversation("102", "snoozed");
        workspace.addConversation("103");
        workspace.addConversation("104");
    };

    private final TestClock clock = new TestClock();

    @TempDir
    private Path directory;

    private KeptSandbox kept() {
        return new KeptSandbox(file(), FILL, clock);
    }

    private Path file() {
        return directory.resolve("intercom.journal");
    }

    @Test
    void everything_that_calls_can_change_is_the_same_again() throws IOException {
        List<ConversationView> before;
        try (Sandbox sandbox = kept().start()) {
            Client client = new Client(sandbox);
            clock.advance(Duration.ofNanos(1_234_567_891));
            String note = client.note("101", "merged – \\\"so\\\" 𝄞\\nand\\r\\nmore")
                    .json()
                    .at("/conversation_parts/conversation_parts/0/id")
                    .asString();
            String tag =
                    client.post("/tags", "{'name': 'dup'}").json().path("id").asString();
            clock.advance(Duration.ofMinutes(3));
            client.tag("101", tag);
            client.tag("101", sandbox.workspace().tagNamed("vip").id());
            client.close("101");
            client.note("102", "wakes it");
            clock.advance(Duration.ofMinutes(3));
            client.delete("/conversations/101/tags/" + tag + "/", "{'admin_id': 991267459}");
            client.post("/tags", "{'id': " + tag + ", 'name': 'duplicate'}");
            client.tag("102", tag);
            long until = clock.instant().plusSeconds(7_200).getEpochSecond();
            client.post(
                    "/conversations/101/parts",
                    "{'message_type': 'snoozed', 'admin_id': 991267459, 'snoozed_until': " + until + "}");
            client.post(
                    "/conversations/redact",
                    "{'type': 'conversation_part', 'conversation_id': '101', 'conversation_part_id': '" + note + "'}");
            client.post(
                    "/conversations/101/customers", "{'admin_id': 991267459, 'customer': {'email': 'n@example.com'}}");
            client.post(
                    "/conversations/103/reply",
                    "{'message_type': 'comment', 'type': 'user', 'body': 'Hi', 'email': 'customer103@example.com'}");
            client.post(
                    "/conversations/last/parts",
                    "{'message_type': 'assignment', 'type': 'team', 'admin_id': 991267459, 'assignee_id': 7}");
            client.post("/conversations/104/merge", "{'merge_into_conversation_id': 103}");
            assertThat(sandbox.calls()).as("all were accepted").allMatch(call -> Integer.valueOf(200)
                    .equals(call.status()));
            before = sandbox.workspace().conversations();
        }
        clock.advance(Duration.ofMinutes(30));

        assertThat(kept().broughtBack()).isEqualTo(before);
        clock.advance(Duration.ofHours(2));
        assertThat(kept().broughtBack().get(0).state())
                .as("its time has come meanwhile")
                .isEqualTo("open");
    }

    @Test
    void ids_go_on_where_they_were_and_each_start_adds_to_the_file() throws IOException {
        String first;
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "first");
            first = sandbox.workspace().conversation("101").parts().get(0).id();
        }
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("103", "second");
            assertThat(sandbox.workspace().conversation("103").parts().get(0).id())
                    .isEqualTo("" + (Long.parseLong(first) + 1));
            assertThat(sandbox.callCount())
                    .as("what was brought back is no call of this start")
                    .isEqualTo(1);
            assertThat(sandbox.calls().get(0).arrival().number()).isEqualTo(1);
        }
        List<ConversationView> third = kept().broughtBack();
        assertThat(third.get(0).noteBodies()).containsExactly("<p>first</p>");
        assertThat(third.get(2).noteBodies()).containsExactly("<p>second</p>");
        assertThat(Files.readAllLines(file())).as("a heading and two changes").hasSize(3);
    }

    @Test
    void whatever_the_answer_was_it_is_the_effect_that_is_kept() throws IOException {
        try (Sandbox sandbox = kept().start()) {
            Client client = new Client(sandbox);
            sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.ERROR_500_AFTER, Fault.ERROR_500_BEFORE));
            assertThat(client.note("101", "there").status()).isEqualTo(500);
            assertThat(client.note("101", "not there").status()).isEqualTo(500);
            assertThat(client.note("999", "nowhere").status()).isEqualTo(404);
            assertThat(client.get("/conversations/101").status()).isEqualTo(200);
        }
        assertThat(kept().broughtBack().get(0).noteBodies()).containsExactly("<p>there</p>");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void a_late_effect_comes_at_its_time_even_if_the_program_was_away_then() throws IOException {
        try (Sandbox sandbox = kept().start()) {
            Client client = new Client(sandbox);
            sandbox.lateEffects(DelayPlan.on(Arrival::isNote, Duration.ofMinutes(5), Duration.ofHours(5)));
            client.note("101", "soon");
            client.note("101", "late");
            client.note("103", "at once");
        }
        clock.advance(Duration.ofHours(1));
        try (Sandbox sandbox = kept().start()) {
            assertThat(sandbox.workspace().conversation("101").noteBodies()).containsExactly("<p>soon</p>");
            assertThat(sandbox.workspace().conversation("101").notes().get(0).createdAt())
                    .isEqualTo(clock.instant().minus(Duration.ofMinutes(55)));
            assertThat(sandbox.workspace().effectsToCome()).isEqualTo(1);
            clock.advance(Duration.ofHours(4));
            assertThat(sandbox.workspace().conversation("101").noteBodies())
                    .containsExactly("<p>soon</p>", "<p>late</p>");
        }
    }

    @Test
    void what_is_answered_is_in_the_file_already() throws IOException {
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "answered");
            // As after a kill: nobody has closed the file.
            assertThat(kept().broughtBack().get(0).noteBodies()).containsExactly("<p>answered</p>");
        }
    }

    @Test
    void the_file_holds_no_token() throws IOException {
        try (Sandbox sandbox = kept().start()) {
            new Client(sandbox).note("101", "kept");
        }
        assertThat(Files.readString(file(), StandardCharsets.UTF_8)).doesNotContain(Sandbox.TOKEN);
    }
}
