package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.intercom.IntercomJson.UnreadableAnswer;
import com.convmerge.merge.ConversationId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answer to a read says about a conversation that may have been merged into another one. */
class ReadsWhereaboutsTest {
    private final ReadsWhereabouts reader = new ReadsWhereabouts(new IntercomJson(), ConversationId.of(102));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/conversations/100",
                "https://api.eu.intercom.io/conversations/100",
                "https://api.intercom.io/conversations/100/",
                "/conversations/100?display_as=plaintext",
                "http://127.0.0.1:80/conversations/100#top"
            })
    void a_redirect_to_another_conversation_leads_there(String location) {
        assertThat(reader.redirected(location)).contains(new Whereabouts.Elsewhere("100"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/conversations/102",
                "/conversations/102/?a=b",
                "/login",
                "https://app.intercom.com/conversations/last",
                "/conversations/100/parts",
                ""
            })
    void any_other_redirect_says_nothing(String location) {
        assertThat(reader.redirected(location)).isEmpty();
    }

    @Test
    void an_answer_about_another_conversation_leads_there_and_one_about_none_cannot_be_read() {
        assertThat(reader.read(bytes("{\"id\": \"100\", \"state\": \"open\"}")))
                .isEqualTo(new Whereabouts.Elsewhere("100"));
        assertThat(reader.read(bytes("{\"id\": \"102\", \"state\": \"open\"}"))).isInstanceOf(Whereabouts.Here.class);
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> reader.read(bytes("{\"id\": \"last\", \"state\": \"open\"}")));
        assertThatExceptionOfType(UnreadableAnswer.class).isThrownBy(() -> reader.read(bytes("{}")));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
