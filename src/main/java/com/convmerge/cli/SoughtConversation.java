package com.convmerge.cli;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.PossibleSecrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A conversation as somebody types it to look it up: its id, the link from the browser's address bar, or what a faulty row says. */
final class SoughtConversation {
    /** Of any host: where it leads does not matter to a look into our own tables. */
    private static final Pattern LINK = Pattern.compile("(?i).*/conversations?/([0-9]{1,18})(?:[/?#].*)?");

    /** White space and what cannot be seen, which comes along when a cell or a message is copied. */
    private static final Pattern AROUND = Pattern.compile("^[\\s\\p{Z}\\p{C}]+|[\\s\\p{Z}\\p{C}]+$");

    private SoughtConversation() {}

    /** What the rows of its requests say in place of it. Throws {@link ConfigurationProblem} for a link to something else. */
    static String of(String typed) {
        String plain = AROUND.matcher(typed).replaceAll("");
        Matcher link = LINK.matcher(plain);
        if (link.matches()) {
            return link.group(1);
        }
        if (plain.isEmpty() || plain.contains("/")) {
            throw new ConfigurationProblem(
                    "--conversation is \"" + PossibleSecrets.hideIn(plain)
                            + "\"; expected a conversation's id, or its link in the inbox: https://app.intercom.com/…/conversation/ID");
        }
        return plain;
    }
}
