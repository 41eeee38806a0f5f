package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Bodies of parts that come back other than they were written. */
class BodyChangeTest {
    private static final String WRITTEN = "<p>It's \"in\" cm-7f3k &amp; <a href=\"https://x-y.example/\" "
            + "rel=\"nofollow noopener noreferrer\" target=\"_blank\">100</a></p>";

    private final Sandbox sandbox = Sandbox.builder().start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final Client client = new Client(sandbox);

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        workspace.writeNote("101", "<p>It's \"in\" cm-7f3k & <a href='https://x-y.example/'>100</a></p>");
        workspace.close("101");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(BodyChange.class)
    void aReadReturnsAnotherBodyThanWasWritten(BodyChange change) {
        assertThat(read(change).path("body").asString("")).isNotEqualTo(WRITTEN);
        assertThat(workspace.conversation("101").noteBodies()).containsExactly(WRITTEN);
        sandbox.answers(AnswerPlan.none());
        assertThat(body()).isEqualTo(WRITTEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "WBR_AFTER_HYPHEN|cm-<wbr>7f3k",
                "BOLD_INSIDE_WORD|cm-7f<b>3</b>k",
                "NON_BREAKING_HYPHEN|cm\u20117f3k",
                "UNICODE_HYPHEN|cm\u20107f3k",
                "MINUS_SIGN|cm\u22127f3k",
                "HYPHEN_AS_NUMBER|cm&#45;7f3k",
                "HYPHEN_AS_NAME|cm&hyphen;7f3k",
                "LETTERS_AS_NUMBERS|&#99;&#109;-7&#102;3&#107;",
                "ZERO_WIDTH_SPACE|cm-7f\u200B3k",
                "WORD_JOINER|cm-7f\u20603k",
                "SOFT_HYPHEN|cm-7f\u00AD3k",
                "UPPER_CASE|CM-7F3K",
                "SPACE_INSIDE_WORD|cm-7f 3k",
                "AUTO_LINKED|<a href=\"https://example.com/cm-7f3k\">cm-7f3k</a>",
            })
    void onlyTheTextIsChangedAndNotItsTags(BodyChange change, String reference) {
        String expected = WRITTEN.replace("cm-7f3k", reference);
        if (change == BodyChange.LETTERS_AS_NUMBERS) {
            expected = expected.replace("It's \"in\"", "&#73;&#116;'&#115; \"&#105;&#110;\"");
        } else if (change == BodyChange.UPPER_CASE) {
            expected = expected.replace("It's \"in\"", "IT'S \"IN\"");
        }

        assertThat(read(change).path("body").asString()).isEqualTo(expected);
    }

    @Test
    void theBodyAsAWholeIsChanged() {
        String link = WRITTEN.substring(WRITTEN.indexOf("<a"), WRITTEN.length() - 4);
        assertThat(bodyWith(BodyChange.WHITESPACE_AROUND))
                .startsWith("\n")
                .endsWith("\n")
                .contains(WRITTEN);
        assertThat(bodyWith(BodyChange.WHITESPACE_BETWEEN_WORDS))
                .contains("\"in\"\n    cm-7f3k\n    &amp;\n    " + link);
        assertThat(bodyWith(BodyChange.NEWLINE_AFTER_HYPHEN)).isEqualTo(WRITTEN.replace("cm-", "cm-\n"));
        assertThat(bodyWith(BodyChange.QUOTED)).isEqualTo("<blockquote>" + WRITTEN + "</blockquote>");
        assertThat(bodyWith(BodyChange.WRAPPED)).contains("<div>" + WRITTEN + "</div>");
        assertThat(bodyWith(BodyChange.DIV_FOR_P)).startsWith("<div>It's").endsWith("</a></div>");
        assertThat(bodyWith(BodyChange.BR_FOR_P)).startsWith("It's").endsWith("</a><br><br>");
        assertThat(bodyWith(BodyChange.SMART_QUOTES)).isEqualTo("<p>It’s “in” cm-7f3k &amp; " + link + "</p>");
        assertThat(bodyWith(BodyChange.PLAIN_TEXT)).isEqualTo("It's \"in\" cm-7f3k & 100 (https://x-y.example/)");
        assertThat(read(BodyChange.NULL_BODY).path("body").isNull()).isTrue();
    }

    @Test
    void aBodyIsCutShort() {
        assertThat(bodyWith(BodyChange.CUT_SHORT)).isEqualTo("<p>It's \"in\" cm-7f3k…");
        assertThat(bodyWith(BodyChange.cutAfter(16))).isEqualTo("<p>It's \"in\" cm-…");
        assertThat(bodyWith(BodyChange.cutAfter(1_000))).isEqualTo(WRITTEN);
    }

    @Test
    void anyOtherChangeCanBeWrittenDown() {
        assertThat(bodyWith(AnswerChange.ofBodies(html -> html.replace("cm-", "CM "))))
                .contains("CM 7f3k");
        assertThat(bodyWith(BodyChange.UPPER_CASE.and(BodyChange.MINUS_SIGN))).contains("CM\u22127F3K");
    }

    @Test
    void theAnswerToAWriteCanBeChangedToo() {
        sandbox.answers(AnswerPlan.always(Arrival::isNote, BodyChange.UPPER_CASE));

        assertThat(client.note("101", "merged").body()).contains("<p>MERGED</p>");
        assertThat(client.get("/conversations/101").body()).contains("<p>merged</p>");
    }

    private String bodyWith(AnswerChange change) {
        return read(change).path("body").asString();
    }

    private JsonNode read(AnswerChange change) {
        sandbox.answers(AnswerPlan.always(Arrival::isRead, change));
        return note();
    }

    private String body() {
        return note().path("body").asString();
    }

    private JsonNode note() {
        JsonNode parts = client.get("/conversations/101").json().at("/conversation_parts/conversation_parts");
        assertThat(parts.path(1).path("body").isNull()).isTrue();
        return parts.path(0);
    }
}
