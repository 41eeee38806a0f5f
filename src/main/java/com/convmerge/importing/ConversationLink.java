package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link to a conversation as somebody copied it from the browser's address bar.
 *
 * @param id the conversation's, unchecked
 * @param host as it stands in the link
 * @param region {@code us}, {@code eu} or {@code au}; null if the host does not say it
 * @param workspace the id code of the workspace; null if the link has none
 */
record ConversationLink(
        String id,
        String host,
        @Nullable String region,
        @Nullable String workspace) {
    /** No link is longer, and the expressions below are not made for more. */
    static final int LONGEST = 5_000;

    private static final Pattern ANY_LINK = Pattern.compile(
            "https?:.*|(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d+)?/.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Intercom documents no format, and each region and inbox has its own. So every host of Intercom's is accepted, and the id
     * behind {@code /conversation/} or {@code /conversations/}. Some browsers leave out the scheme.
     */
    private static final Pattern INBOX_LINK = Pattern.compile(
            "(?:https?://)?(?<host>(?:[a-z0-9.-]+\\.)?intercom\\.(?:com|io))(?::\\d+)?(?<path>/(?:[^?#\\s]*/)?)"
                    + "conversations?/(?<id>[^/?#\\s]*)(?:[/?#]\\S*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WITH_TEXT_BEHIND =
            Pattern.compile(INBOX_LINK.pattern() + "\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern WORKSPACE = Pattern.compile(
            "/(?:a/)?(?:inbox|apps)/(?!(?:inbox|shared|all|conversations?)/)([a-z0-9_-]+)/.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern REGIONAL = Pattern.compile("app\\.(?:(?<region>eu|au)\\.)?intercom\\.(?:com|io)");

    /** The link in {@code value}; empty if it is none to a conversation in Intercom's inbox. */
    static Optional<ConversationLink> of(String value) {
        Matcher link = INBOX_LINK.matcher(value);
        if (value.length() > LONGEST || !link.matches()) {
            return Optional.empty();
        }
        String host = link.group("host").toLowerCase(Locale.ROOT);
        Matcher regional = REGIONAL.matcher(host);
        String region = !regional.matches() ? null : regional.group("region") == null ? "us" : regional.group("region");
        Matcher workspace = WORKSPACE.matcher(link.group("path"));
        return Optional.of(
                new ConversationLink(link.group("id"), host, region, workspace.matches() ? workspace.group(1) : null));
    }

    /** The id that {@code value} leads to, if it is a link into Intercom's inbox; else {@code value} as it stands. */
    static String idIn(String value) {
        return of(value).map(ConversationLink::id).orElse(value);
    }

    /** Why {@code value} is a link, but not one to a conversation; empty for anything else, which is checked as an id. */
    static Optional<String> fault(String value) {
        if (value.length() > LONGEST) {
            return Optional.of("has " + value.length() + " characters; expected an id or a link");
        }
        if (WITH_TEXT_BEHIND.matcher(value).matches()) {
            return Optional.of("is a link with other text behind it: \"" + OneLine.exact(value, 100)
                    + "\"; leave only the link in the cell");
        }
        return ANY_LINK.matcher(value).matches() && of(value).isEmpty()
                ? Optional.of("is a link, but not one to a conversation in Intercom's inbox: \""
                        + OneLine.exact(value, 100) + "\"; expected https://app.intercom.com/…/conversation/ID")
                : Optional.empty();
    }
}
