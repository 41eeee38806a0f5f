package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers that do not list all the parts of a conversation. */
class PartsLeftOutTest {
    private final Sandbox sandbox = Sandbox.builder()
            .answers(AnswerPlan.always(Arrival::isRead, PartsLeftOut.newest(1)))
            .start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        List.of("a", "b", "c").forEach(text -> workspace.writeNote("101", text));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void theNewestPartsAreMissingFromReadsAndNotFromOtherAnswers() {
        assertThat(read()).containsExactly("a", "b");
        assertThat(count().asInt()).isEqualTo(3);
        assertThat(client.note("101", "d").body()).contains("<p>c</p>", "<p>d</p>");
        assertThat(read()).containsExactly("a", "b", "c");
        assertThat(workspace.conversation("101").notes()).hasSize(4);
    }

    @Test
    void everyAnswerCanLeaveThemOut() {
        sandbox.answers(AnswerPlan.always(call -> true, PartsLeftOut.newest(2)));

        assertThat(client.note("101", "d").body()).contains("<p>b</p>").doesNotContain("<p>c</p>", "<p>d</p>");
    }

    @Test
    void theOldestPartsOrAllButTheFirstPageAreMissing() {
        assertThat(read(PartsLeftOut.oldest(2))).containsExactly("c");
        assertThat(read(PartsLeftOut.oldest(9))).isEmpty();
        assertThat(read(PartsLeftOut.newest(9))).isEmpty();
        assertThat(read(PartsLeftOut.firstPage(2))).containsExactly("a", "b");
        assertThat(read(PartsLeftOut.firstPage(9))).containsExactly("a", "b", "c");
        assertThat(count().asInt()).isEqualTo(3);
    }

    @Test
    void anotherPartIsMissingFromEachRead() {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, PartsLeftOut.oneAtRandom(7)));
        List<List<String>> reads = Stream.generate(this::read).limit(20).toList();

        assertThat(reads).allSatisfy(read -> assertThat(read).hasSize(2));
        assertThat(reads.stream().distinct()).hasSize(3);
    }

    @Test
    void theListIsEmptyOrNull() {
        assertThat(read(PartsLeftOut.all())).isEmpty();
        assertThat(count().asInt()).isEqualTo(3);
        assertThat(read(PartsLeftOut.nullList())).isEmpty();
        assertThat(parts().path("conversation_parts").isNull()).isTrue();
        assertThat(count().asInt()).isEqualTo(3);
    }

    @Test
    void conversationPartsAreNullOrMissing() {
        assertThat(read(PartsLeftOut.nullParts())).isEmpty();
        assertThat(parts().isNull()).isTrue();
        assertThat(read(PartsLeftOut.missingParts())).isEmpty();
        assertThat(parts().isMissingNode()).isTrue();
    }

    @Test
    void theCountIsMissingOrWrong() {
        assertThat(read(PartsLeftOut.missingCount())).hasSize(3);
        assertThat(count().isMissingNode()).isTrue();
        assertThat(read(PartsLeftOut.countWrongBy(-2))).hasSize(3);
        assertThat(count().asInt()).isEqualTo(1);
    }

    @Test
    void plansEndAfterTheirChangesAndCanBeCombined() {
        sandbox.answers(AnswerPlan.on(Arrival::isRead, PartsLeftOut.oldest(1), PartsLeftOut.all())
                .and(AnswerPlan.always(Arrival::isRead, PartsLeftOut.newest(1))));

        assertThat(read()).containsExactly("b");
        assertThat(read()).isEmpty();
        assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void faultsDamageTheChangedAnswer() {
        sandbox.faults(FaultPlan.always(Arrival::isRead, Fault.BROKEN_JSON_AFTER));
        sandbox.answers(AnswerPlan.always(
                Arrival::isRead, answer -> answer.json().removeAll().put("id", "changed")));

        assertThat(client.get("/conversations/101").body())
                .startsWith("{\"id\":\"ch")
                .doesNotContain("}");
    }

    @Test
    void otherAnswersThanConversationsStayAsTheyAre() {
        sandbox.answers(AnswerPlan.always(
                call -> true,
                PartsLeftOut.newest(1).and(PartsLeftOut.missingParts()).and(PartsLeftOut.nullList())));

        assertThat(client.get("/me").json().path("type").asString()).isEqualTo("admin");
        assertThat(client.get("/conversations/999").code()).isEqualTo("not_found");
    }

    private List<String> read(AnswerChange change) {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, change));
        return read();
    }

    /** The texts of the parts that a read lists. */
    private List<String> read() {
        return StreamSupport.stream(parts().path("conversation_parts").spliterator(), false)
                .map(part -> part.path("body").asString().replaceAll("</?p>", ""))
                .toList();
    }

    private JsonNode count() {
        return parts().path("total_count");
    }

    private JsonNode parts() {
        return client.get("/conversations/101").json().path("conversation_parts");
    }
}
