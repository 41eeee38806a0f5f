package com.convmerge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that name more than one conversation: none of them is dropped without a word. */
class NamedConversationsTest {
    private static final String ONE = "215470000000001";
    private static final String TWO = "215470000000002";
    private static final String LINK = "https://app.intercom.com/a/inbox/abc123/inbox/conversation/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINK + ONE + " " + LINK + TWO,
                LINK + ONE + "\n" + LINK + TWO,
                LINK + ONE + "," + LINK + TWO,
                LINK + ONE + "; " + TWO,
                LINK + ONE + "?view=List " + LINK + TWO,
                LINK + ONE + "?view=List and also " + TWO,
                LINK + ONE + "/" + TWO,
                LINK + ONE + "/part/" + TWO,
                LINK + ONE + "/conversation/" + TWO,
                LINK + ONE + "?conversationId=" + TWO,
                TWO + " | " + LINK + ONE,
                ONE + ", " + TWO,
                ONE + "\n" + TWO,
                "'" + ONE + " / " + TWO,
                "=HYPERLINK(\"" + LINK + ONE + "\",\"" + TWO + "\")",
                "=HYPERLINK(\"" + LINK + ONE + "?view=List\";\"" + LINK + TWO + "\")"
            })
    void a_cell_with_two_conversations_is_refused_with_both(String cell) {
        assertThat(Imported.text("parent,duplicate\n10,20\n10," + quoted(cell) + "\n")
                        .faults())
                .containsExactly("line 3: duplicate has more than one conversation in it (" + ONE + " and " + TWO
                        + "); leave one, and give the others rows of their own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINK + ONE + "?utm_source=x&id=5#part_id=comment-215470000000077-77",
                LINK + ONE + "?conversationId=" + ONE,
                LINK + ONE + "?from=2026-11-24,2026-11-30",
                "=HYPERLINK(\"" + LINK + ONE + "\",\"" + ONE + "\")",
                "=HYPERLINK(\"" + LINK + ONE + "\",\"Outage of 2026-11-24\")",
                "=HYPERLINK(\"" + LINK + ONE + "\";\"4711, 4712\")"
            })
    void a_cell_with_one_conversation_is_understood_whatever_else_is_in_it(String cell) {
        Imported file = Imported.text("parent,duplicate\n10," + quoted(cell) + "\n");

        assertThat(file.faults()).isEmpty();
        assertThat(file.pairs()).containsExactly("10 " + ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?view=List see there", " see there", "/ (closed)"})
    void text_behind_a_link_is_not_dropped(String behind) {
        assertThat(Imported.text("parent,duplicate\n10," + quoted(LINK + ONE + behind) + "\n")
                        .faults())
                .containsExactly("line 2: duplicate is a link with other text behind it: \"" + LINK + ONE + behind
                        + "\"; leave only the link in the cell");
    }

    @Test
    void a_link_that_a_formula_puts_together_is_not_taken_for_its_beginning() {
        assertThat(Imported.text(
                                "parent,duplicate\n10," + quoted("=HYPERLINK(\"" + LINK + "2154\"&D2,\"open\")") + "\n")
                        .faults())
                .singleElement()
                .asString()
                .startsWith("line 2: duplicate is \"=HYPERLINK(");
    }

    @Test
    void a_cell_with_a_whole_text_in_it_is_told_by_its_length() {
        assertThat(Imported.text("parent,duplicate\n10," + "a.".repeat(20_000) + "/\n")
                        .faults())
                .containsExactly("line 2: duplicate has 40001 characters; expected an id or a link");
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
