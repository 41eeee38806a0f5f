package com.convmerge.intercom;

/** What a read of a conversation shows: the conversation itself, or another one that it has become a part of. */
public sealed interface Whereabouts {
    /** The conversation itself. */
    record Here(Conversation seen) implements Whereabouts {}

    /** The answer is about, or redirects to, the conversation with this id. */
    record Elsewhere(String conversation) implements Whereabouts {}
}
