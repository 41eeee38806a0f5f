package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the answer to a read of a conversation that may have been merged into another one: no document says what it is then. */
record ReadsWhereabouts(IntercomJson json, ConversationId asked) implements AnswerReader<Whereabouts> {
    private static final Pattern IN_ADDRESS = Pattern.compile("/conversations/([0-9]{1,18})/?(?:[?#].*)?$");

    @Override
    public Whereabouts read(byte[] body) {
        ConversationId about = json.conversationId(body);
        return about.equals(asked)
                ? new Whereabouts.Here(json.conversation(body, asked))
                : new Whereabouts.Elsewhere(about.value());
    }

    /** A redirect of a conversation to itself says nothing about it. */
    @Override
    public Optional<Whereabouts> redirected(String location) {
        Matcher address = IN_ADDRESS.matcher(location);
        return address.find() && !address.group(1).equals(asked.value())
                ? Optional.of(new Whereabouts.Elsewhere(address.group(1)))
                : Optional.empty();
    }
}
