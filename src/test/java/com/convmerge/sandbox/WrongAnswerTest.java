package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Answers that contradict the truth, have odd values or are too long, and errors for a while. */
@Timeout(60)
class WrongAnswerTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        workspace.addConversation("102");
        workspace.writeNote("102", "of the other one");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "abcdefghijklmnopqrstuvwxyz"})
    void aCloseIsAnsweredWithAnotherState(String state) {
        sandbox.answers(AnswerPlan.on(Arrival::isClose, WrongAnswer.state(state)));

        assertThat(client.close("101").json().path("state").asString()).isEqualTo(state);
        assertThat(workspace.conversation("101").state()).isEqualTo("closed");
    }

    @Test
    void aWriteIsAnsweredWithAnotherConversation() {
        sandbox.answers(AnswerPlan.on(Arrival::isNote, WrongAnswer.ofOtherConversation("102")));
        Client.Reply reply = client.note("101", "mine");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("id").asString()).isEqualTo("102");
        assertThat(reply.body()).contains("of the other one").doesNotContain("mine");
        assertThat(workspace.notesWritten("101")).hasSize(1);
    }

    @Test
    void theAnswerToANoteDoesNotContainIt() {
        client.note("101", "first");
        sandbox.answers(AnswerPlan.on(Arrival::isNote, WrongAnswer.withoutNewestNote()));
        Client.Reply reply = client.note("101", "second");

        assertThat(reply.body()).contains("first").doesNotContain("second");
        assertThat(reply.json().at("/conversation_parts/total_count").asInt()).isEqualTo(1);
        assertThat(workspace.notesWritten("101")).hasSize(2);
    }

    @Test
    void aTagIsAnsweredWithAnotherId() {
        sandbox.answers(AnswerPlan.always(call -> true, WrongAnswer.tagId("999")));
        String tag = workspace.tagNamed("merged").id();

        assertThat(client.tag("101", tag).json().path("id").asString()).isEqualTo("999");
        assertThat(client.get("/conversations/101").json().path("id").asString())
                .isEqualTo("101");
        assertThat(workspace.conversation("101").tags().get(0).id()).isEqualTo(tag);
    }

    @Test
    void fieldsHaveValuesOutOfRange() {
        AnswerChange odd = WrongAnswer.field("created_at", 99_999_999_999_999L)
                .and(WrongAnswer.field("updated_at", -5))
                .and(WrongAnswer.field("id", "9".repeat(300)));
        JsonNode read = readWith(odd, "102");

        assertThat(read.path("created_at").asLong()).isEqualTo(99_999_999_999_999L);
        assertThat(read.at("/conversation_parts/conversation_parts/0/created_at")
                        .asLong())
                .isEqualTo(99_999_999_999_999L);
        assertThat(read.path("updated_at").asLong()).isEqualTo(-5);
        assertThat(read.path("id").asString()).hasSize(300);
    }

    @Test
    void idsAreNumbers() {
        JsonNode read = readWith(WrongAnswer.idsAsNumbers(), "102");

        assertThat(read.path("id").isIntegralNumber()).isTrue();
        assertThat(read.path("id").asLong()).isEqualTo(102);
        assertThat(read.at("/conversation_parts/conversation_parts/0/id").isIntegralNumber())
                .isTrue();
    }

    private JsonNode readWith(AnswerChange change, String id) {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, change));
        return client.get("/conversations/" + id).json();
    }

    @ParameterizedTest
    @CsvSource({"REDIRECT_302, 302", "REDIRECT_307, 307", "REDIRECT_308, 308", "NOT_FOUND_404, 404"})
    void everythingGoesWrongForAWhile(Fault fault, int status) {
        Instant end = clock.instant().plusSeconds(60);
        sandbox.faults(FaultPlan.always(call -> call.isBefore(end), fault));
        assertThat(client.get("/me").status()).isEqualTo(status);
        Client.Reply reply = client.note("101", "x");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Location")).isEqualTo(status < 400 ? "/conversations/101/reply" : "none");

        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(workspace.notesWritten("101")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED_401, 401", "FORBIDDEN_PLAN_403, 403", "ADMIN_NOT_FOUND, 404"})
    void onlyOneConversationIsRefused(Fault fault, int status) {
        sandbox.faults(FaultPlan.always(call -> call.isFor("101"), fault));

        assertThat(client.note("101", "x").status()).isEqualTo(status);
        assertThat(client.note("102", "x").status()).isEqualTo(200);
    }

    @Test
    void theWaitThatIsAskedForIsAbsurd() {
        sandbox.faults(FaultPlan.always(Arrival::isNote, Fault.RATE_LIMITED_429_RETRY_AFTER));
        Duration ages = Duration.ofDays(365 * 3_000);
        sandbox.answers(AnswerPlan.always(
                call -> true, WrongAnswer.retryAfter(Duration.ofDays(1)).and(WrongAnswer.rateLimitReset(ages))));
        Client.Reply reply = client.note("101", "x");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).isEqualTo("86400");
        assertThat(reply.header("X-RateLimit-Reset"))
                .isEqualTo(String.valueOf(clock.instant().plus(ages).getEpochSecond()));
    }

    @Test
    void statusAndHeadersCanBeAnything() {
        sandbox.answers(AnswerPlan.always(call -> true, answer -> {
            answer.status(299);
            answer.header("X-Odd", "yes");
        }));
        Client.Reply reply = client.note("101", "x");

        assertThat(reply.status()).isEqualTo(299);
        assertThat(reply.header("X-Odd")).isEqualTo("yes");
        assertThat(sandbox.calls().get(0).status()).isEqualTo(299);
    }

    @Test
    void aChangeThatFailsAnswers500() {
        sandbox.answers(AnswerPlan.always(call -> true, WrongAnswer.ofOtherConversation("999")));
        Client.Reply reply = client.get("/conversations/101");

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message()).startsWith("The sandbox itself failed");
    }

    @Test
    void anAnswerHasManyMegabytes() {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, WrongAnswer.megabytes(3)));
        Client.Reply reply = client.get("/conversations/101");

        assertThat(reply.body().length()).isBetween(3_000_000, 3_100_000);
        assertThat(reply.json().path("id").asString()).isEqualTo("101");
    }

    @Test
    void anAnswerNeverEndsUntilTheSandboxCloses() throws IOException {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, WrongAnswer.endless()));
        try (Socket socket = call()) {
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(5_000), StandardCharsets.UTF_8))
                    .contains("200 OK", "\"id\":\"101\"")
                    .doesNotContain("Content-Length")
                    .endsWith("     ");
            expectQuickClose();
            Throwable end = catchThrowable(answer::readAllBytes);
            assertThat(end == null || end instanceof IOException).isTrue();
        }
    }

    @Test
    void anAnswerDripsUntilTheSandboxCloses() throws IOException {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, WrongAnswer.dripping(Duration.ofMillis(50))));
        try (Socket socket = call()) {
            InputStream answer = socket.getInputStream();
            StringBuilder headers = new StringBuilder();
            while (headers.indexOf("\r\n\r\n") < 0) {
                headers.append((char) answer.read());
            }
            long start = System.nanoTime();
            assertThat(new String(answer.readNBytes(11), StandardCharsets.UTF_8))
                    .isEqualTo("{\"type\":\"co");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
            expectQuickClose();
        }
    }

    private Socket call() throws IOException {
        Socket socket = new Socket("127.0.0.1", sandbox.url().getPort());
        String call =
                "GET /conversations/101 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Sandbox.TOKEN + "\r\n\r\n";
        socket.getOutputStream().write(call.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void expectQuickClose() {
        long start = System.nanoTime();
        sandbox.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
