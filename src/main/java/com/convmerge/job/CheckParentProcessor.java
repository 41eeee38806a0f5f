package com.convmerge.job;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Conversations;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Operation;
import org.jspecify.annotations.Nullable;

/** Reads a survivor, so that no duplicate is closed onto a conversation that is not there. */
final class CheckParentProcessor extends GuardedProcessor<ConversationId, ConversationId> {
    private final Conversations conversations;

    CheckParentProcessor(StepParts parts, Conversations conversations) {
        super(parts);
        this.conversations = conversations;
    }

    @Override
    @Nullable
    ConversationId apply(ConversationId survivor) throws RequestFailed {
        Answer<Conversation> answer = conversations.read(survivor);
        if (!(answer instanceof Answer.Failed<Conversation> failed)) {
            saw(null);
            return survivor;
        }
        Failure failure = failed.failure();
        if (failure.kind() != FailureKind.STOPS_THE_RUN) {
            saw(failure);
        }
        return switch (failure.kind()) {
            case STOPS_THE_RUN -> stopRun(failure);
            case NOT_FOUND -> throw new RequestFailed(Operation.PARENT_CHECK, notFound(survivor, failure));
            // A read leaves nothing in doubt.
            case IN_DOUBT, NOT_SENT ->
                throw new RequestFailed(Operation.PARENT_CHECK, failure.as(FailureKind.NOT_SENT));
            case REFUSED -> throw new RequestFailed(Operation.PARENT_CHECK, failure);
        };
    }

    private static Failure notFound(ConversationId survivor, Failure failure) {
        return new Failure(
                failure.kind(),
                failure.httpStatus(),
                "parent_not_found",
                "conversation " + survivor + " is not there; the duplicate was not touched",
                failure.intercomRequestId());
    }
}
