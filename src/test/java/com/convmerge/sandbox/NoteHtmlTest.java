package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversion of text to the HTML that Intercom stores. */
class NoteHtmlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain words | <p>plain words</p>",
                "1 < 2 & 3 > 2 | <p>1 &lt; 2 &amp; 3 &gt; 2</p>",
                "a &amp; b &#39;c&quot; | <p>a &amp; b 'c\"</p>",
                "<p>kept</p> | <p>kept</p>",
                "<B>bold</B> text | <p><b>bold</b> text</p>",
                "<p onclick=\"x()\">no attributes</p> | <p>no attributes</p>",
                "<p>a</p><script>alert(1)</script> | <p>a</p>",
                "<html> <body> <h2>List</h2> </body> </html> | <h2>List</h2>",
                "<div>inner text</div> | <p>inner text</p>",
                "<a href=\"javascript:x()\">y</a> | <p><a>y</a></p>",
                "<br/> | <p><br></p>",
            })
    void storesWhatIntercomWouldStore(String sent, String stored) {
        assertThat(NoteHtml.stored(sent)).isEqualTo(stored);
    }

    @Test
    void linksGetAttributesAndParagraphsAreSplit() {
        assertThat(NoteHtml.stored("<p><a href='https://app.intercom.com/a/1?x=1&y=2'>parent</a></p>"))
                .isEqualTo("<p><a href=\"https://app.intercom.com/a/1?x=1&amp;y=2\""
                        + " rel=\"nofollow noopener noreferrer\" target=\"_blank\">parent</a></p>");
        assertThat(NoteHtml.stored("one\ntwo\n\nthree")).isEqualTo("<p>one<br>\ntwo</p>\n<p>three</p>");
        assertThat(NoteHtml.plain("<p>a &lt; b</p>\n<p>c</p>")).isEqualTo("a < b\n\nc");
    }
}
