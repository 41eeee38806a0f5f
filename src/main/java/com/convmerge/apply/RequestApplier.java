package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.Optional;

/** Applies one request: note, tag, close, each once. */
public final class RequestApplier {
    private final Ledger ledger;
    private final IntercomClient conversations;
    private final OperationApplier operations;
    private final NoteTexts texts;

    RequestApplier(Ledger ledger, IntercomClient conversations, OperationApplier operations, NoteTexts texts) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.operations = operations;
        this.texts = texts;
    }

    /**
     * Does what is left to do of {@code request}. Safe to be called by many threads, for different requests.
     *
     * @param executionId for the ledger
     */
    public Outcome apply(MergeRequest request, Workspace workspace, long executionId) {
        Hand hand = new Hand(ledger.ofRequest(request.id()));
        for (OperationKind operation : OperationKind.OF_A_REQUEST) {
            Optional<Failure> failure = operations.apply(planned(request, operation, workspace, executionId), hand);
            if (failure.isPresent()) {
                operations.finish(hand);
                return failure.get().kind() == FailureKind.STOPS_THE_RUN
                        ? new Outcome.RunCannotGoOn(failure.get())
                        : new Outcome.Failed(request.id(), operation, failure.get());
            }
        }
        operations.finish(hand);
        return new Outcome.Merged(request.id());
    }

    private PlannedOperation planned(
            MergeRequest request, OperationKind operation, Workspace workspace, long executionId) {
        ConversationId duplicate = request.duplicate();
        String adminId = workspace.adminId();
        return new PlannedOperation(
                OperationKey.ofRequest(request.id(), operation),
                operation,
                request.id(),
                duplicate,
                workspace.tagId(),
                executionId,
                reference -> switch (operation) {
                    case NOTE ->
                        noted(
                                conversations.note(
                                        duplicate, adminId, texts.onDuplicate(request, workspace, reference)),
                                reference);
                    case TAG ->
                        conversations
                                .tag(duplicate, adminId, workspace.tagId())
                                .map(tagId -> new PlannedOperation.Sent(tagId, null));
                    case CLOSE ->
                        conversations
                                .close(duplicate, adminId)
                                .map(conversation -> new PlannedOperation.Sent(null, conversation));
                    case PARENT_NOTE, PARENT_CHECK, REOPEN ->
                        throw new IllegalArgumentException(operation + " of a request");
                });
    }

    /** The answer to a note, with the id of its part. */
    static Answer<PlannedOperation.Sent> noted(Answer<Conversation> answer, String reference) {
        return answer.map(conversation -> new PlannedOperation.Sent(
                conversation.partWith(reference).map(Conversation.Part::id).orElse(null), conversation));
    }
}
