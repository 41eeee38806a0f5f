package com.convmerge.job;

import com.convmerge.apply.ParentOpener;
import com.convmerge.apply.ParentSettings.ClosedParent;
import com.convmerge.intake.Survivor;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Conversations;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a survivor, so that no duplicate is closed onto a conversation that is not there. */
final class CheckParentProcessor extends GuardedProcessor<Survivor, CheckedParent> {
    private final Conversations conversations;
    private final ParentOpener opener;
    private final ClosedParent closedParent;
    private final RunContext context;

    CheckParentProcessor(
            StepParts parts,
            Conversations conversations,
            ParentOpener opener,
            ClosedParent closedParent,
            RunContext context) {
        super(parts);
        this.conversations = conversations;
        this.opener = opener;
        this.closedParent = closedParent;
        this.context = context;
    }

    @Override
    @Nullable
    CheckedParent apply(Survivor survivor) throws RequestFailed {
        ConversationId parent = survivor.conversation();
        Answer<Conversation> answer = conversations.read(parent);
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return fail(parent, failed.failure());
        }
        saw(null);
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        if (!seen.isClosed()) {
            return new CheckedParent(survivor, null);
        }
        return switch (closedParent) {
            case PROCEED -> new CheckedParent(survivor, null);
            case REJECT ->
                new CheckedParent(survivor, "parent " + parent + " is closed (convmerge.closed-parent=reject)");
            case REOPEN -> {
                Optional<Failure> failure = opener.open(parent, seen, context.workspace(), context.executionId());
                yield failure.isEmpty() ? new CheckedParent(survivor, null) : fail(parent, failure.get());
            }
        };
    }

    private @Nullable CheckedParent fail(ConversationId parent, Failure failure) throws RequestFailed {
        if (failure.kind() != FailureKind.STOPS_THE_RUN) {
            saw(failure);
        }
        return switch (failure.kind()) {
            case STOPS_THE_RUN -> stopRun(failure);
            case NOT_FOUND -> throw new RequestFailed(Operation.PARENT_CHECK, notFound(parent, failure));
            // Nothing of the request itself was sent, so nothing of it is in doubt.
            case IN_DOUBT, NOT_SENT ->
                throw new RequestFailed(Operation.PARENT_CHECK, failure.as(FailureKind.NOT_SENT));
            case REFUSED -> throw new RequestFailed(Operation.PARENT_CHECK, failure);
        };
    }

    private static Failure notFound(ConversationId parent, Failure failure) {
        return new Failure(
                failure.kind(),
                failure.httpStatus(),
                "parent_not_found",
                "conversation " + parent + " is not there; the duplicate was not touched",
                failure.intercomRequestId());
    }
}
