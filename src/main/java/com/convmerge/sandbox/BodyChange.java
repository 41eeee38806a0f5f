package com.convmerge.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Ways in which the body of a part comes back other than it was written. Each changes the bodies of all parts of an
 * answer, and leaves existing tags and entities as they are unless it says otherwise. {@link AnswerChange#ofBodies}
 * takes any other change.
 */
public enum BodyChange implements AnswerChange {
    /** A tag follows each hyphen, as in {@code cm-<wbr>7f3k}. */
    WBR_AFTER_HYPHEN,
    /** A tag is inside each word, as in {@code cm-7f<b>3</b>k}. */
    BOLD_INSIDE_WORD,
    /** Hyphens are non-breaking hyphens (U+2011). */
    NON_BREAKING_HYPHEN,
    /** Hyphens are Unicode's own hyphens (U+2010). */
    UNICODE_HYPHEN,
    /** Hyphens are minus signs (U+2212). */
    MINUS_SIGN,
    /** Hyphens are the entity {@code &#45;}. */
    HYPHEN_AS_NUMBER,
    /** Hyphens are the entity {@code &hyphen;}. */
    HYPHEN_AS_NAME,
    /** Letters are entities, such as {@code &#99;}. */
    LETTERS_AS_NUMBERS,
    /** A zero-width space (U+200B) is inside each word. */
    ZERO_WIDTH_SPACE,
    /** A word joiner (U+2060) is inside each word. */
    WORD_JOINER,
    /** A soft hyphen (U+00AD) is inside each word. */
    SOFT_HYPHEN,
    /** All letters are capitals. */
    UPPER_CASE,
    /** Spaces and newlines are before and after the body. */
    WHITESPACE_AROUND,
    /** A newline and several spaces are in place of each space. */
    WHITESPACE_BETWEEN_WORDS,
    /** A newline follows each hyphen. */
    NEWLINE_AFTER_HYPHEN,
    /** A space is inside each word. */
    SPACE_INSIDE_WORD,
    /** Words with a hyphen are links, as in {@code <a href="https://example.com/cm-7f3k">cm-7f3k</a>}. */
    AUTO_LINKED,
    /** The body ends with an ellipsis after twenty characters; {@link #cutAfter} takes another number. */
    CUT_SHORT,
    /** The body is within a {@code blockquote}. */
    QUOTED,
    /** The body is within other blocks, with text of their own. */
    WRAPPED,
    /** Paragraphs are {@code div} elements. */
    DIV_FOR_P,
    /** Paragraphs end with line breaks and have no tags of their own. */
    BR_FOR_P,
    /** Quotation marks and apostrophes are curly. */
    SMART_QUOTES,
    /** The body is null. */
    NULL_BODY,
    /** The body is plain text without tags and entities. */
    PLAIN_TEXT;

    /** The body ends with an ellipsis after this many characters, even inside a tag. */
    public static AnswerChange cutAfter(int characters) {
        return AnswerChange.ofBodies(html -> cut(html, characters));
    }

    @Override
    public void change(HttpAnswer answer) {
        AnswerChange.ofBodies(this::of).change(answer);
    }

    /** Changes one body. */
    public @Nullable String of(String html) {
        return switch (this) {
            case WBR_AFTER_HYPHEN -> hyphens(html, "-<wbr>");
            case BOLD_INSIDE_WORD -> HtmlText.insideWords(html, "<b>", "</b>");
            case NON_BREAKING_HYPHEN -> hyphens(html, "\u2011");
            case UNICODE_HYPHEN -> hyphens(html, "\u2010");
            case MINUS_SIGN -> hyphens(html, "\u2212");
            case HYPHEN_AS_NUMBER -> hyphens(html, "&#45;");
            case HYPHEN_AS_NAME -> hyphens(html, "&hyphen;");
            case LETTERS_AS_NUMBERS ->
                HtmlText.replace(html, "[a-zA-Z]", letter -> "&#" + (int) letter.charAt(0) + ";");
            case ZERO_WIDTH_SPACE -> HtmlText.insideWords(html, "\u200B", "");
            case WORD_JOINER -> HtmlText.insideWords(html, "\u2060", "");
            case SOFT_HYPHEN -> HtmlText.insideWords(html, "\u00AD", "");
            case UPPER_CASE -> HtmlText.replace(html, "[a-z]", letter -> letter.toUpperCase(Locale.ROOT));
            case WHITESPACE_AROUND -> "\n\t  " + html + " \r\n\n";
            case WHITESPACE_BETWEEN_WORDS -> HtmlText.replace(html, " ", space -> "\n    ");
            case NEWLINE_AFTER_HYPHEN -> hyphens(html, "-\n");
            case SPACE_INSIDE_WORD -> HtmlText.insideWords(html, " ", "");
            case AUTO_LINKED ->
                HtmlText.replace(
                        html, "\\w+(-\\w+)+", word -> "<a href=\"https://example.com/" + word + "\">" + word + "</a>");
            case CUT_SHORT -> cut(html, 20);
            case QUOTED -> "<blockquote>" + html + "</blockquote>";
            case WRAPPED ->
                "<div class=\"note\"><p>Olivia wrote:</p><div>" + html + "</div><p>Sent on the go</p></div>";
            case DIV_FOR_P -> html.replace("<p>", "<div>").replace("</p>", "</div>");
            case BR_FOR_P -> html.replace("<p>", "").replace("</p>", "<br><br>");
            case SMART_QUOTES -> HtmlText.smartQuotes(html);
            case NULL_BODY -> null;
            case PLAIN_TEXT -> NoteHtml.plain(html);
        };
    }

    private static String hyphens(String html, String replacement) {
        return HtmlText.replace(html, "-", hyphen -> replacement);
    }

    private static String cut(String html, int characters) {
        return html.length() <= characters ? html : html.substring(0, characters) + "…";
    }
}
