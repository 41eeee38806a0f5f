package com.convmerge.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader sees of a body, whatever was done to its HTML. */
class PlainTextTest {
    private static final String REFERENCE = "cmdkqzwbtfxh";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>ref cmdkqzwbtfxh</p><p>Merged</p>",
                "ref cmdkqzwbtfxh",
                "REF CMDKQZWBTFXH",
                "<p>ref <b>cmdk</b>qzw<wbr>btfxh</p>",
                "<p>ref cmdk<span style=\"color:red\">qzw</span>btfxh",
                "ref cmdk qzw\n\tbtfxh",
                "ref cmdk-qzw\u2011btfxh",
                "ref cmdk\u200Bqzw\u2060bt\u00ADfxh",
                "ref &#99;&#x6D;dkqzwbtfxh",
                "ref cmdk&shy;qzw&nbsp;btfxh",
                "&lt;p&gt;ref cmdkqzwbtfxh&lt;/p&gt;",
                "&amp;lt;p&amp;gt;ref &amp;#99;mdkqzwbtfxh&amp;lt;/p&amp;gt;",
                "<p>ref \uFF43\uFF4D\uFF44\uFF4Bqzwbtfxh</p>",
                "<p>ref <a href=\"https://example.com/cmdkqzwbtfxh\">cmdkqzwbtfxh</a></p>",
                "<p>ref cmdkqzwbtfxh<",
                "<p>ref cmdkqzwbtfxh\u2026"
            })
    void a_reference_is_found_whatever_was_done_to_the_html_around_and_inside_it(String body) {
        assertThat(PlainText.of(body).shows(REFERENCE)).isTrue();
        assertThat(NoteReferences.shownIn(PlainText.of(body))).containsExactly(REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<p></p>", "<p>ref cmdkqzwbtfx</p>", "<p>ref cmpkqzwbtfxh</p>", "hxftbwzqkdmc"})
    void another_text_does_not_show_it(String body) {
        assertThat(PlainText.of(body).shows(REFERENCE)).isFalse();
    }

    @Test
    void a_body_that_is_missing_is_empty_and_shows_nothing() {
        assertThat(PlainText.of(null).letters()).isEmpty();
        assertThat(PlainText.of(null).shows(REFERENCE)).isFalse();
        assertThat(PlainText.of("<p> - &nbsp;</p>").letters()).isEmpty();
        assertThat(PlainText.of("<p>a</p>").letters()).isEqualTo("a");
    }

    @Test
    void no_body_shows_a_reference_without_letters() {
        assertThat(PlainText.of("<p>ref cmdkqzwbtfxh</p>").shows("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"https://app.intercom.com/a/inbox/app/inbox/conversation/215469\">there</a>",
                "<p>Merged into conversation 215469. Please go on there.</p>",
                "there (https://app.intercom.com/conversation/215469)",
                "&lt;a href=\"/conversation/215469\"&gt;there&lt;/a&gt;"
            })
    void a_conversation_is_named_by_a_link_or_by_its_number(String body) {
        assertThat(PlainText.of(body).names(ConversationId.of(215469))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "conversation 1215469", "conversation 2154690", "<a href=\"/c/12154690\">there</a>"})
    void a_number_that_only_contains_the_id_does_not_name_it(String body) {
        assertThat(PlainText.of(body).names(ConversationId.of(215469))).isFalse();
    }
}
