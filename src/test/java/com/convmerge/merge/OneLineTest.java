package com.convmerge.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    /** A character outside the basic plane, which Java stores as two {@code char}s. */
    private static final String CAT = "\uD83D\uDC08";

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "Überprüfung ✓", "<b>\"x\" & 'y'</b>", CAT})
    void harmless_text_stays_as_it_is(String text) {
        assertThat(OneLine.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "   ", "\t", "\n", "\r\n", "\u000b", "\f", "\u0085", "\u2028", "\u2029", " \r\n\t\u2028 "})
    void white_space_and_line_separators_become_one_space(String space) {
        assertThat(OneLine.of("one" + space + "two")).isEqualTo("one two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\u001b", "\u007f", "\u009b", "\u009f"})
    void each_other_control_character_becomes_a_question_mark(String control) {
        assertThat(OneLine.of("a" + control + control + "b")).isEqualTo("a??b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ad", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff"})
    void each_format_character_becomes_a_question_mark(String format) {
        assertThat(OneLine.of("a" + format + "b")).isEqualTo("a?b");
    }

    @Test
    void an_escape_sequence_cannot_reach_the_terminal() {
        assertThat(OneLine.of("\u001b[31mred\u001b[0m\u009b1m")).isEqualTo("?[31mred?[0m?1m");
    }

    @Test
    void text_up_to_the_limit_is_not_cut() {
        assertThat(OneLine.of("x".repeat(40), 40)).isEqualTo("x".repeat(40));
        assertThat(OneLine.of("a\r\n\r\nb", 3))
                .as("its length once it is folded")
                .isEqualTo("a b");
    }

    @Test
    void longer_text_is_cut_with_an_ellipsis_behind_it() {
        assertThat(OneLine.of("x".repeat(41), 40)).isEqualTo("x".repeat(40) + "…");
    }

    @Test
    void a_cut_does_not_split_a_character_into_halves() {
        assertThat(OneLine.of("x" + CAT + CAT, 2)).isEqualTo("x…");
        assertThat(OneLine.of("x" + CAT + CAT, 3)).isEqualTo("x" + CAT + "…");
    }

    @Test
    void an_id_is_shown_exactly_with_each_invisible_character_as_a_question_mark() {
        assertThat(OneLine.exact(" 1\r\n2\u202e\u001b3 ", 40)).isEqualTo(" 1??2??3 ");
        assertThat(OneLine.exact("x".repeat(41), 40)).isEqualTo("x".repeat(40) + "…");
    }

    @Test
    void in_a_text_of_lines_only_line_breaks_and_tabs_stay() {
        assertThat(OneLine.lines("a\r\n\tb\nc\rd\u0085e\u2028f\u001b[1m\u200bg"))
                .isEqualTo("a\r\n\tb\nc?d?e?f?[1m?g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\ud83d", "\udc31", "\udb40\udc41"})
    void a_letter_that_nobody_sees_and_half_a_pair_are_replaced(String unseen) {
        assertThat(OneLine.of("a" + unseen + "b")).isEqualTo("a?b");
        assertThat(OneLine.exact("a" + unseen + "b")).isEqualTo("a?b");
    }
}
