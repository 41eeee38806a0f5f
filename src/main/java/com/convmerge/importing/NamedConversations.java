package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which conversations a cell names. It must be one: of two, the other would be lost without a word. */
final class NamedConversations {
    /** Outside a link only a number as long as Intercom's ids counts: beside a name there may be a date or another number. */
    private static final Pattern ID = Pattern.compile("(?<![\\w.,-])[1-9][0-9]{9,17}(?!\\w)");

    private static final Pattern LINK = Pattern.compile(
            "(?:https?://|(?:[a-z0-9-]+\\.)+[a-z]{2,}(?::\\d+)?/)[^\\s,;|\"<>?#]*(?:[?#][^\\s\"<>]*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_LINK = Pattern.compile(
            "conversations?/(?<id>[0-9]+)(?<path>/[^?#\\s\"<>,;|]*)?|conversation_?id=(?<other>[0-9]+)",
            Pattern.CASE_INSENSITIVE);

    private NamedConversations() {}

    /** The ids that stand in a cell, by themselves or in links, each once. */
    static Set<String> in(String cell) {
        Set<String> named = new LinkedHashSet<>();
        if (cell.length() > ConversationLink.LONGEST) {
            return named;
        }
        Matcher inLink = IN_LINK.matcher(cell);
        while (inLink.find()) {
            named.add(inLink.group("id") == null ? inLink.group("other") : inLink.group("id"));
            String path = inLink.group("path");
            if (path != null) {
                Arrays.stream(path.split("/"))
                        .filter(part -> part.matches("[0-9]+"))
                        .forEach(named::add);
            }
        }
        ID.matcher(LINK.matcher(cell).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .forEach(named::add);
        return named;
    }

    /**
     * Why a cell does not name one conversation, as a phrase that follows the name of the column; empty if nothing speaks against
     * it.
     *
     * @param cell as it stands in the file
     * @param shown the id or the link in it
     * @param target the link behind it, if there is one
     */
    static Optional<String> fault(String cell, String shown, Optional<String> target) {
        Set<String> named = in(cell);
        if (named.size() > 1) {
            Iterator<String> each = named.iterator();
            return Optional.of("has more than one conversation in it (" + shown(each.next()) + " and "
                    + shown(each.next()) + "); leave one, and give the others rows of their own");
        }
        String id = ConversationLink.idIn(shown);
        String text = SpreadsheetId.fault(id).isEmpty()
                ? id
                : named.stream().findFirst().orElse("");
        return target.map(ConversationLink::idIn)
                .filter(linked -> !text.isEmpty() && !text.equals(linked))
                .map(linked -> "shows conversation " + shown(text) + ", but its hyperlink leads to " + shown(linked)
                        + "; leave only what is meant in the cell");
    }

    private static String shown(String id) {
        return OneLine.exact(id, 40);
    }
}
