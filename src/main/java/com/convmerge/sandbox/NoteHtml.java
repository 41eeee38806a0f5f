package com.convmerge.sandbox;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts text as Intercom does. It keeps simple HTML, makes paragraphs of plain text, removes scripts and all
 * attributes except the address of a link, and normalises entities. So a client reads back other HTML than it sent, and
 * only the visible text is the same.
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

    /** Converts the text that a client sent to the HTML that Intercom stores. */
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

    /** Converts stored HTML to plain text, with links in the form {@code label (url)}. */
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
        String address = href.find() ? Objects.requireNonNullElse(href.group(1), href.group(2)) : "";
        return address.matches("(?i)(https?://|mailto:).*")
                ? "<a href=\"" + text(address) + "\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">"
                : "<a>";
    }

    /** Escapes text as an HTML serializer does: ampersands and angle brackets, but not quotes. */
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
