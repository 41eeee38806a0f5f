package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a conversation as somebody copied it: its id, or the link from the browser's address bar. */
final class ConversationLink {
    private static final Pattern ANY_LINK = Pattern.compile("https?:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Intercom documents no format, and each region and inbox has its own. So every host of Intercom's is accepted, and the id
     * behind {@code /conversation/} or {@code /conversations/}.
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

    /** Why {@code value} is a link, but not one to a conversation; empty for anything else, which is checked as an id. */
    static Optional<String> fault(String value) {
        return ANY_LINK.matcher(value).matches() && !INBOX_LINK.matcher(value).matches()
                ? Optional.of("is a link, but not one to a conversation in Intercom's inbox: \""
                        + OneLine.exact(value, 100) + "\"; expected https://app.intercom.com/…/conversation/ID")
                : Optional.empty();
    }
}
