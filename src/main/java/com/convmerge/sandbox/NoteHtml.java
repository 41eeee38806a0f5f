package com.convmerge.sandbox;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Intercom makes of the text that it is sent: simple HTML stays, plain text becomes paragraphs, scripts and all
 * attributes
 * but a link's address go, entities are normalised. So what is read back is not what was sent, and only visible text
 * survives.
 */
final class NoteHtml {

    private static final Set<String> KEPT = Set.of(
            "p", "br", "b", "strong", "i", "em", "u", "a", "h1", "h2", "ul", "ol", "li", "code", "pre", "blockquote");
    private static final Set<String> BLOCKS = Set.of("p", "h1", "h2", "ul", "ol", "pre", "blockquote");
    private static final Pattern DANGEROUS = Pattern.compile(
            "<!--.*?-->|<(script|style|iframe|head)\\b[^>]*>.*?</\\1\\s*>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s[^<>]*)?)(/?)>", Pattern.DOTALL);
    private static final Pattern HREF =
            Pattern.compile("\\bhref\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\"[^>]*>(.*?)</a>", Pattern.DOTALL);
    private static final Pattern BARE_AMPERSAND = Pattern.compile("&(?!(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);)");

    private NoteHtml() {}

    /** Turns what was sent into what is stored. */
    static String stored(String sent) {
        String safe =
                DANGEROUS.matcher(sent).replaceAll("").replace("\r\n", "\n").strip();
        StringBuilder out = new StringBuilder();
        boolean blocks = false;
        Matcher tag = TAG.matcher(safe);
        int end = 0;
        while (tag.find()) {
            out.append(text(safe.substring(end, tag.start())));
            end = tag.end();
            String name = tag.group(2).toLowerCase(Locale.ROOT);
            if (KEPT.contains(name)) {
                out.append(tag(name, !tag.group(1).isEmpty(), tag.group(3)));
                blocks |= BLOCKS.contains(name);
            }
        }
        out.append(text(safe.substring(end)));
        return blocks ? out.toString().strip() : paragraphs(out.toString());
    }

    /** Turns what is stored into plain text, links as {@code label (url)}, as {@code display_as=plaintext} asks. */
    static String plain(String stored) {
        String text = LINK.matcher(stored)
                .replaceAll(link -> Matcher.quoteReplacement(link.group(2) + " (" + link.group(1) + ")"));
        text = text.replaceAll("<br>", "\n").replaceAll("</(p|h1|h2|li|pre|blockquote)>", "\n");
        text = TAG.matcher(text).replaceAll("");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .strip();
    }

    private static String tag(String name, boolean closing, String attributes) {
        if (closing) {
            return name.equals("br") ? "" : "</" + name + ">";
        }
        if (!name.equals("a")) {
            return "<" + name + ">";
        }
        Matcher href = HREF.matcher(attributes);
        String address = "";
        if (href.find()) {
            address = href.group(1) != null ? href.group(1) : href.group(2);
        }
        boolean harmless = address.matches("(?i)(https?://|mailto:).*");
        return harmless
                ? "<a href=\"" + text(address) + "\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">"
                : "<a>";
    }

    /** Entities as an HTML serializer writes them: quotes plain, the three that matter escaped. */
    static String text(String raw) {
        String plain = raw.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&apos;", "'");
        return BARE_AMPERSAND
                .matcher(plain)
                .replaceAll("&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static String paragraphs(String text) {
        StringBuilder out = new StringBuilder();
        for (String paragraph : text.split("\n\\s*\n", -1)) {
            out.append("<p>").append(paragraph.strip().replace("\n", "<br>\n")).append("</p>\n");
        }
        return out.toString().strip();
    }
}
