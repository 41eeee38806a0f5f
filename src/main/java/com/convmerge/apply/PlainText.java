package com.convmerge.apply;

import com.convmerge.merge.ConversationId;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of a body, however a server has rewritten its HTML.
 *
 * @param letters all letters and digits in lower case and nothing else, so that neither tags nor entities, spaces, hyphens or
 *     invisible characters matter
 * @param words the text with the targets of its links, for numbers that must stand apart
 */
record PlainText(String letters, String words) {
    /** How often a body may be escaped again on its way. */
    private static final int ESCAPED_AGAIN = 3;

    /** Conversation ids are longer than most other numbers in a note. */
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6,18}");

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]+");

    static PlainText of(@Nullable String html) {
        String text = html == null ? "" : html;
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < ESCAPED_AGAIN && (text.contains("<") || text.contains("&")); i++) {
            Document document = Jsoup.parse(text);
            document.select("[href]").forEach(link -> links.append(' ').append(link.attr("href")));
            text = document.wholeText();
        }
        String letters = NO_LETTER
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return new PlainText(letters, text + links);
    }

    /** Whether it shows this reference. */
    boolean shows(String reference) {
        return !reference.isEmpty() && letters.contains(of(reference).letters());
    }

    /** Whether it links to this conversation, or names its id. */
    boolean names(ConversationId id) {
        return Pattern.compile("(?<![0-9])" + Pattern.quote(id.value()) + "(?![0-9])")
                .matcher(words)
                .find();
    }

    /** Whether it links to any conversation, or names an id. */
    boolean namesAnyConversation() {
        return LONG_NUMBER.matcher(words).find();
    }
}
