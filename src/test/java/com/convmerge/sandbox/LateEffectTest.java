package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Effects that happen some time after their call. */
@Timeout(60)
class LateEffectTest {
    private static final Duration DELAY = Duration.ofSeconds(90);

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder()
            .clock(clock)
            .lateEffects(DelayPlan.always(call -> true, DELAY))
            .start();
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

    @ParameterizedTest
    @EnumSource(
            names = {
                "GATEWAY_504_AFTER",
                "DROP_AFTER",
                "TIMEOUT_AFTER",
                "REQUEST_TIMEOUT_408_AFTER",
                "ERROR_500_AFTER",
                "HTML_502_AFTER",
                "BROKEN_JSON_AFTER",
                "CUT_SHORT_AFTER"
            })
    void theEffectHappensOnceAndLateWhateverTheAnswerIs(Fault fault) {
        sandbox.faults(FaultPlan.always(Arrival::isNote, fault));
        Throwable failure = catchThrowable(() -> client.note("101", "late", patience(fault)));
        await().until(() -> sandbox.callCount() == 1);
        assertThat(failure != null).isEqualTo(fault.status == null || fault == Fault.CUT_SHORT_AFTER);

        clock.advance(DELAY.minusMillis(1));
        assertThat(shownParts().size()).isZero();
        assertThat(workspace.conversation("101").notes()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(shownParts().size()).isEqualTo(1);
        clock.advance(DELAY.multipliedBy(5));
        assertThat(shownParts().size()).isEqualTo(1);
        assertThat(workspace.conversation("101").notes()).hasSize(1);
        assertThat(sandbox.calls().get(0).effect()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT_BEFORE", "ERROR_500_BEFORE", "GATEWAY_504_BEFORE", "UNPROCESSABLE_422"})
    void aCallWithoutEffectHasNoLateEffectEither(Fault fault) {
        sandbox.faults(FaultPlan.always(Arrival::isNote, fault));
        Throwable failure = catchThrowable(() -> client.note("101", "never", patience(fault)));
        await().until(() -> sandbox.callCount() == 1);
        assertThat(failure != null).isEqualTo(fault == Fault.TIMEOUT_BEFORE);
        clock.advance(DELAY.multipliedBy(2));

        assertThat(workspace.conversation("101").notes()).isEmpty();
    }

    @Test
    void theEffectHappensAlthoughTheClientWasKilled() throws IOException {
        String json = "{\"message_type\":\"note\",\"type\":\"admin\",\"admin_id\":991267459,\"body\":\"late\"}";
        try (Socket socket = new Socket("127.0.0.1", sandbox.url().getPort())) {
            String call = "POST /conversations/101/reply HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Sandbox.TOKEN
                    + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
            socket.getOutputStream().write(call.getBytes(StandardCharsets.UTF_8));
        }
        await().until(() -> sandbox.callCount() == 1);
        assertThat(workspace.conversation("101").notes()).isEmpty();
        clock.advance(DELAY);

        assertThat(workspace.conversation("101").noteBodies()).containsExactly("<p>late</p>");
    }

    @Test
    void aSuccessfulAnswerShowsTheEffectBeforeReadsDo() {
        Client.Reply reply = client.note("101", "late");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("<p>late</p>");
        assertThat(client.get("/conversations/101").body()).doesNotContain("late");
        assertThat(client.get("/conversations/101").json().path("updated_at").asLong())
                .isEqualTo(TestClock.START.getEpochSecond());
        clock.advance(DELAY);
        JsonNode part = shownParts().path(0);
        assertThat(part.path("id")).isEqualTo(reply.json().at("/conversation_parts/conversation_parts/0/id"));
        assertThat(client.note("101", "next").json().at("/conversation_parts/conversation_parts"))
                .hasSize(2);
    }

    @Test
    void thePartIsCreatedWhenTheEffectHappensAndNotWhenItIsFirstSeen() {
        client.note("101", "late");
        clock.advance(DELAY.plusSeconds(500));
        Instant happened = TestClock.START.plus(DELAY);

        assertThat(shownParts().path(0).path("created_at").asLong()).isEqualTo(happened.getEpochSecond());
        assertThat(workspace.conversation("101").updatedAt()).isEqualTo(happened);
    }

    @Test
    void closeOpenAndTagHappenLateToo() {
        String tag = workspace.tagNamed("merged").id();
        assertThat(client.close("101").json().path("state").asString()).isEqualTo("closed");
        assertThat(client.tag("101", tag).status()).isEqualTo(200);
        assertThat(found("closed")).isZero();
        assertThat(workspace.conversation("101").tagNames()).isEmpty();
        assertThat(workspace.effectsToCome()).isEqualTo(2);

        clock.advance(DELAY);
        assertThat(found("closed")).isEqualTo(1);
        assertThat(workspace.conversation("101").tagNames()).containsExactly("merged");
        client.post("/conversations/101/parts", "{'message_type': 'open', 'admin_id': 991267459}");
        assertThat(found("open")).isZero();
        clock.advance(DELAY);
        assertThat(found("open")).isEqualTo(1);
        assertThat(workspace.conversation("101").parts()).hasSize(2);
        assertThat(workspace.effectsToCome()).isZero();
    }

    @Test
    void effectsHappenInTheOrderOfTheirTimes() {
        sandbox.lateEffects(DelayPlan.on(Arrival::isNote, Duration.ofSeconds(60), Duration.ofSeconds(30)));
        client.note("101", "first");
        client.note("101", "second");
        client.note("101", "third");
        clock.advance(DELAY);

        assertThat(workspace.conversation("101").noteBodies())
                .containsExactly("<p>third</p>", "<p>second</p>", "<p>first</p>");
        assertThat(workspace.conversation("101").notes())
                .extracting(PartView::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void anEffectOnAConversationDeletedMeanwhileComesToNothing() {
        client.note("101", "late");
        workspace.removeConversation("101");
        clock.advance(DELAY);

        assertThat(client.get("/conversations/101").status()).isEqualTo(404);
        assertThat(workspace.effectsToCome()).isZero();
    }

    @Test
    void aRejectedCallIsRejectedAtOnce() {
        assertThat(client.note("999", "x").code()).isEqualTo("not_found");
        assertThat(client.note("101", "  ").code()).isEqualTo("parameter_invalid");
        assertThat(workspace.effectsToCome()).isZero();
    }

    @Test
    void theSystemClockLetsThemHappenToo() {
        try (Sandbox real = Sandbox.builder()
                .lateEffects(DelayPlan.always(Arrival::isNote, Duration.ofMillis(600)))
                .start()) {
            real.workspace().addConversation("101");
            new Client(real).note("101", "late");
            assertThat(real.workspace().conversation("101").notes()).isEmpty();
            await().until(() -> real.workspace().conversation("101").notes().size() == 1);
        }
    }

    @Test
    void plansCanBeCombinedAndRandom() {
        DelayPlan random = DelayPlan.random(7, 0.25, Duration.ofSeconds(10));
        DelayPlan plan = DelayPlan.always(call -> call.isFor("1"), DELAY).and(random);
        assertThat(plan.delayOf(arrival(1))).isEqualTo(DELAY);
        int late = 0;
        for (int i = 2; i < 1_002; i++) {
            Duration delay = plan.delayOf(arrival(i));
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(10)).isEqualTo(random.delayOf(arrival(i)));
            late += delay.isZero() ? 0 : 1;
        }
        assertThat(late).isBetween(200, 300);
    }

    /** Only a call that hangs should time out, even on a busy machine. */
    private static Duration patience(Fault fault) {
        return Duration.ofSeconds(fault.name().startsWith("TIMEOUT") ? 1 : 20);
    }

    private static Arrival arrival(int i) {
        return new Arrival(
                i, Instant.EPOCH, 1, Route.REPLY, "POST", "/conversations/" + i + "/reply", "" + i, "note", "");
    }

    private int found(String state) {
        return client.post(
                        "/conversations/search",
                        "{'query': {'field': 'state', 'operator': '=', 'value': '" + state + "'}}")
                .json()
                .path("total_count")
                .asInt();
    }

    private JsonNode shownParts() {
        return client.get("/conversations/101").json().at("/conversation_parts/conversation_parts");
    }
}
