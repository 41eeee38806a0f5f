package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads and searches that return the data of some time ago. */
class StaleReadTest {
    private static final Duration LAG = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder()
            .clock(clock)
            .staleReads(DelayPlan.always(call -> true, LAG))
            .start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aReadShowsANoteOnlyAfterTheLag() {
        assertThat(client.note("101", "fresh").body()).contains("<p>fresh</p>");

        clock.advance(LAG.minusMillis(1));
        assertThat(read().at("/conversation_parts/total_count").asInt()).isZero();
        assertThat(read().path("updated_at").asLong()).isEqualTo(TestClock.START.getEpochSecond());
        clock.advance(Duration.ofMillis(1));
        assertThat(read().at("/conversation_parts/conversation_parts/0/body").asString())
                .isEqualTo("<p>fresh</p>");
        assertThat(read().path("updated_at").asLong())
                .isEqualTo(TestClock.START.plusSeconds(1).getEpochSecond());
    }

    @Test
    void aReadShowsStateAndTagsOnlyAfterTheLag() {
        client.tag("101", workspace.tagNamed("merged").id());
        client.close("101");
        assertThat(client.close("101").json().path("state").asString()).isEqualTo("closed");
        assertThat(read().path("state").asString()).isEqualTo("open");
        assertThat(read().at("/tags/tags").size()).isZero();

        clock.advance(LAG);
        assertThat(read().path("state").asString()).isEqualTo("closed");
        assertThat(read().at("/tags/tags/0/name").asString()).isEqualTo("merged");
    }

    @Test
    void aReadShowsTheStateBetweenTwoChanges() {
        client.note("101", "first");
        clock.advance(Duration.ofSeconds(20));
        client.note("101", "second");
        clock.advance(Duration.ofSeconds(20));

        assertThat(read().toString()).contains("first").doesNotContain("second");
        sandbox.staleReads(DelayPlan.none());
        assertThat(read().toString()).contains("first", "second");
    }

    @Test
    void aSearchIsStaleIfThePlanSaysSo() {
        client.close("101");
        assertThat(openFound()).isEqualTo(1);
        assertThat(workspace.conversation("101").state()).isEqualTo("closed");
        sandbox.staleReads(DelayPlan.always(Arrival::isRead, LAG));
        assertThat(openFound()).isZero();
        assertThat(read().path("state").asString()).isEqualTo("open");
    }

    @Test
    void aSnoozeEndsForAStaleReadAfterTheLagToo() {
        long until = clock.instant().getEpochSecond() + 60;
        client.post(
                "/conversations/101/parts",
                "{'message_type': 'snoozed', 'admin_id': 991267459, 'snoozed_until': " + until + "}");
        clock.advance(Duration.ofSeconds(89));
        assertThat(read().path("state").asString()).isEqualTo("snoozed");
        clock.advance(Duration.ofSeconds(1));
        assertThat(read().path("state").asString()).isEqualTo("open");
    }

    @Test
    void aLateEffectIsSeenAfterBothTimes() {
        sandbox.lateEffects(DelayPlan.always(Arrival::isNote, Duration.ofSeconds(90)));
        client.note("101", "late");
        clock.advance(Duration.ofSeconds(119));
        assertThat(workspace.conversation("101").notes()).hasSize(1);
        assertThat(read().toString()).doesNotContain("late");
        clock.advance(Duration.ofSeconds(1));
        assertThat(read().toString()).contains("late");
    }

    private JsonNode read() {
        return client.get("/conversations/101").json();
    }

    private int openFound() {
        return client.post("/conversations/search", "{'query': {'field': 'state', 'operator': '=', 'value': 'open'}}")
                .json()
                .path("total_count")
                .asInt();
    }
}
