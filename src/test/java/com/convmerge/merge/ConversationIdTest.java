package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "1/close",
                ".."
            })
    void any_other_text_is_refused_and_shown(String other) {
        assertThat(ConversationId.fault(other))
                .contains("is \"" + other + "\"; expected 1 to 18 digits without a leading zero");
    }

    @ParameterizedTest
    @CsvSource({
        "12\u00a0, U+00A0 (NO-BREAK SPACE) as character 3",
        "\u200b12, U+200B (ZERO WIDTH SPACE) as character 1",
        "\ufeff12, U+FEFF (ZERO WIDTH NO-BREAK SPACE) as character 1",
        "1\uff12, U+FF12 (FULLWIDTH DIGIT TWO) as character 2",
        "\u0663\u0664, U+0663 (ARABIC-INDIC DIGIT THREE) as character 1",
        "12\uD83D\uDC08\u200b, U+1F408 (CAT) as character 3"
    })
    void a_character_that_cannot_be_told_by_its_looks_is_named(String text, String named) {
        assertThat(ConversationId.fault(text)).hasValueSatisfying(fault -> assertThat(fault)
                .endsWith("\", with " + named + "; expected 1 to 18 digits without a leading zero"));
    }

    @Test
    void a_line_break_is_named() {
        assertThat(ConversationId.fault("12\n"))
                .contains("is \"12?\", with U+000A (LINE FEED (LF)) as character 3;"
                        + " expected 1 to 18 digits without a leading zero");
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
