package com.convmerge.batch;

import com.convmerge.apply.ParentSettings.ClosedParent;
import com.convmerge.apply.SurvivorOpener;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.requests.Survivor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a survivor, so that no duplicate is closed onto a conversation that is not there. */
final class CheckSurvivorProcessor extends CancellableItemProcessor<Survivor, CheckedSurvivor> {
    private final IntercomClient conversations;
    private final SurvivorOpener opener;
    private final ClosedParent closedParent;
    private final RunContext context;

    CheckSurvivorProcessor(
            StepParts parts,
            IntercomClient conversations,
            SurvivorOpener opener,
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
    CheckedSurvivor apply(Survivor survivor) throws RequestFailedException {
        ConversationId parent = survivor.conversation();
        Answer<Conversation> answer = conversations.read(parent);
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return fail(parent, failed.failure());
        }
        saw(null);
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        if (!seen.isClosed()) {
            return new CheckedSurvivor(survivor, null);
        }
        return switch (closedParent) {
            case PROCEED -> new CheckedSurvivor(survivor, null);
            case REJECT ->
                new CheckedSurvivor(survivor, "parent " + parent + " is closed (convmerge.closed-parent=reject)");
            case REOPEN -> {
                Optional<Failure> failure = opener.open(parent, seen, context.workspace(), context.executionId());
                yield failure.isEmpty() ? new CheckedSurvivor(survivor, null) : fail(parent, failure.get());
            }
        };
    }

    private @Nullable CheckedSurvivor fail(ConversationId parent, Failure failure) throws RequestFailedException {
        if (failure.kind() != FailureKind.STOPS_THE_RUN) {
            saw(failure);
        }
        return switch (failure.kind()) {
            case STOPS_THE_RUN -> stopRun(failure);
            case NOT_FOUND -> throw new RequestFailedException(OperationKind.PARENT_CHECK, notFound(parent, failure));
            // Nothing of the request itself was sent, so nothing of it is in doubt.
            case IN_DOUBT, NOT_SENT ->
                throw new RequestFailedException(OperationKind.PARENT_CHECK, failure.as(FailureKind.NOT_SENT));
            case REFUSED -> throw new RequestFailedException(OperationKind.PARENT_CHECK, failure);
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
