package com.convmerge.apply;

import com.convmerge.ledger.Ledger;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import java.util.List;

/** Applies one request: note, tag and close, each once. */
public record RequestApplier(Ledger ledger, OperationApplier operations, NoteTexts texts) {
    /**
     * Does what is left to do of {@code request}, in this order: who sees the conversation closed finds the note that says why.
     * Many threads may call it, for different requests.
     *
     * @return the request's id, or the first operation that failed or is in doubt
     */
    public Outcome<Long> apply(MergeRequest request, Workspace workspace, long executionId) {
        LedgerSession session = new LedgerSession(ledger.ofRequest(request.id()), executionId);
        List<Operation> all = List.of(
                new Operation.AddNote(request, workspace, texts),
                new Operation.AddTag(request.id(), request.duplicate(), workspace),
                new Operation.Close(request.id(), request.duplicate(), workspace));
        Outcome<OperationKey> last = new Outcome.Done<>(all.get(0).key());
        for (int i = 0; i < all.size() && last instanceof Outcome.Done<OperationKey>; i++) {
            last = operations.apply(all.get(i), session);
        }
        operations.finish(session);
        return last.map(done -> request.id());
    }
}
