package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.convmerge.merge.ConversationId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of 2xx are not to be believed. */
class IntercomJsonTest {
    private static final ConversationId ID = ConversationId.of(42);

    private final IntercomJson json = new IntercomJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'error.list','id':'777','errors':[{'code':'tag_not_applied'}]}",
                "{'type':'tag','id':'777','errors':[{'code':'tag_not_applied'}]}",
                "{'type':'error.list','id':'777'}"
            })
    void an_answer_with_errors_is_no_tag(String answer) {
        assertThatExceptionOfType(IntercomJson.UnreadableAnswer.class).isThrownBy(() -> json.tagId(bytes(answer)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'42','state':'closed','open':true}",
                "{'id':'42','state':'closed','errors':[{'code':'x'}]}",
                "{'id':'43','state':'closed'}"
            })
    void an_answer_that_contradicts_itself_or_the_question_is_no_conversation(String answer) {
        assertThatExceptionOfType(IntercomJson.UnreadableAnswer.class)
                .isThrownBy(() -> json.conversation(bytes(answer), ID));
    }

    @Test
    void an_empty_list_of_errors_is_none() {
        assertThat(json.conversation(bytes("{'id':'42','state':'closed','open':false,'errors':[]}"), ID)
                        .isClosed())
                .isTrue();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
