package com.convmerge.apply;

import com.convmerge.ledger.Ledger;
import com.convmerge.merge.Failure;
import com.convmerge.merge.MergeRequest;
import java.util.List;
import java.util.Optional;

/** Applies one request: note, tag and close, each once. */
public record RequestApplier(Ledger ledger, OperationApplier operations, NoteTexts texts) {
    /**
     * Does what is left to do of {@code request}, in this order: who sees the conversation closed finds the note that says why.
     * Many threads may call it, for different requests.
     *
     * @return the request's id, or the first operation that failed
     */
    public Outcome<Long> apply(MergeRequest request, Workspace workspace, long executionId) {
        LedgerSession session = new LedgerSession(ledger.ofRequest(request.id()), executionId);
        List<Operation> all = List.of(
                new Operation.AddNote(request, workspace, texts),
                new Operation.AddTag(request.id(), request.duplicate(), workspace),
                new Operation.Close(request.id(), request.duplicate(), workspace));
        for (Operation operation : all) {
            Optional<Failure> failure = operations.apply(operation, session);
            if (failure.isPresent()) {
                operations.finish(session);
                return new Outcome.Failed<>(operation.kind(), failure.get());
            }
        }
        operations.finish(session);
        return new Outcome.Done<>(request.id());
    }
}
