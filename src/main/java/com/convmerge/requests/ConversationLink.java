package com.convmerge.requests;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A conversation as somebody copied it: its id, or the link to it from the browser's address bar. */
final class ConversationLink {
    private static final Pattern ANY_LINK = Pattern.compile("https?:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Intercom documents no form, and each region and each inbox has another: any host of Intercom's, and the id behind
     * {@code /conversation/} or {@code /conversations/}.
     */
    private static final Pattern INBOX_LINK = Pattern.compile(
            "https://(?:[a-z0-9.-]+\\.)?intercom\\.(?:com|io)(?::\\d+)?/(?:[^?#]*/)?conversations?/([^/?#]*)(?:[/?#].*)?",
            Pattern.CASE_INSENSITIVE);

    private ConversationLink() {}

    /** The id that {@code value} leads to, if it is a link into Intercom's inbox; else {@code value} as it stands. */
    static String idIn(String value) {
        Matcher link = INBOX_LINK.matcher(value);
        return link.matches() ? link.group(1) : value;
    }

    /** Why no id was found in {@code value}, if it is a link: that it has too few digits would not help its author. */
    static Optional<String> fault(String value) {
        return ANY_LINK.matcher(value).matches() && !INBOX_LINK.matcher(value).matches()
                ? Optional.of("is a link, but not one to a conversation in Intercom's inbox: \"" + shown(value)
                        + "\"; expected https://app.intercom.com/…/conversation/ID")
                : Optional.empty();
    }

    private static String shown(String link) {
        String oneLine = link.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() > 100 ? oneLine.substring(0, 100) + "…" : oneLine;
    }
}
