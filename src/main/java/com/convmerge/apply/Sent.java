package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import org.jspecify.annotations.Nullable;

/** What Intercom answered to an operation: the id of the tag, and the conversation, each as far as the answer contains it. */
record Sent(@Nullable String remoteId, @Nullable Conversation conversation) {
    static Sent conversation(Conversation conversation) {
        return new Sent(null, conversation);
    }
}
