package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import org.jspecify.annotations.Nullable;

/** Whether a conversation shows that an operation has happened. */
sealed interface Finding {
    /**
     * It has happened.
     *
     * @param partId Intercom's id of the note; null for an operation that is not a note, or if the answer does not say
     */
    record There(Conversation seen, @Nullable String partId) implements Finding {}

    /** A duplicate was merged by Intercom's own merge. */
    record Merged() implements Finding {}

    /** It had not happened when the conversation was read: all that it could be is listed, and none of that is it. */
    record NotThere(Conversation seen) implements Finding {}

    /** Nobody can say. */
    record Unknown(Failure failure) implements Finding {}

    static Finding unknown(String why) {
        return new Unknown(Failure.withoutAnswer(FailureKind.IN_DOUBT, "in_doubt", why));
    }
}
