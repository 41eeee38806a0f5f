package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "9", "10", "215467", "999999999999999999"})
    void digits_are_an_id_and_stay_as_they_are(String digits) {
        ConversationId id = new ConversationId(digits);

        assertThat(ConversationId.fault(digits)).isEmpty();
        assertThat(id).hasToString(digits);
        assertThat(ConversationId.of(id.number())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void a_text_without_content_is_called_empty(String nothing) {
        assertThat(ConversationId.fault(nothing)).contains("is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last",
                "0",
                "007",
                "1234567890123456789",
                "-5",
                "+5",
                "1.0",
                "1e3",
                "12a",
                " 12",
                "12 ",
                "12\n",
                "1/close",
                "..",
                "٣٤"
            })
    void any_other_text_is_refused_and_shown(String other) {
        assertThat(ConversationId.fault(other))
                .contains("is \"" + other.replace('\n', '?') + "\"; expected 1 to 18 digits without a leading zero");
    }

    @Test
    void only_the_beginning_of_a_long_text_is_shown() {
        assertThat(ConversationId.fault("x".repeat(255)))
                .contains("is \"" + "x".repeat(40) + "…\"; expected 1 to 18 digits without a leading zero");
    }

    @Test
    void an_id_cannot_be_made_of_any_other_text() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversationId("last"))
                .withMessage("conversation id is \"last\"; expected 1 to 18 digits without a leading zero");
    }

    @Test
    void ids_are_ordered_by_their_numbers() {
        assertThat(Stream.of("100", "9", "20").map(ConversationId::new).sorted())
                .containsExactly(ConversationId.of(9), ConversationId.of(20), ConversationId.of(100));
    }
}
