package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies one request: note and tag, and then the close, or Intercom's own merge; each once.
 *
 * @param strategy how a request is merged that does not say it
 */
public record RequestApplier(Ledger ledger, OperationApplier operations, NoteTexts texts, Strategy strategy) {
    /**
     * Does what is left to do of {@code request}, in this order: who sees the conversation closed finds the note that says why.
     * Many threads may call it, for different requests.
     *
     * @param snoozedUntil until when the duplicate is snoozed; null if it is not, or nobody knows
     * @param isStillAsked whether the request's row still says the same, asked right before the note leaves, and before what cannot be
     *     taken back
     * @return the request's id, or the first operation that failed or is in doubt
     */
    public Outcome<Long> apply(
            MergeRequest request,
            Workspace workspace,
            long executionId,
            @Nullable Instant snoozedUntil,
            BooleanSupplier isStillAsked) {
        List<LedgerEntry> begun = ledger.begunFor(request.id(), request.duplicate());
        Optional<Failure> elsewhere = begunElsewhere(request, begun);
        if (elsewhere.isPresent()) {
            return new Outcome.Failed<>(OperationKind.NOTE, elsewhere.get());
        }
        LedgerSession session = new LedgerSession(begun, executionId);
        Operation tag = new Operation.AddTag(request.id(), request.duplicate(), workspace);
        // The note and the tag came before the merge, and may have moved away with it.
        boolean isMarked = NativeMerges.isBegun(session);
        Outcome<OperationKey> last = isMarked
                ? new Outcome.Done<>(tag.key())
                : operations.apply(
                        new Operation.AddNote(request, workspace, texts, snoozedUntil, isStillAsked), session);
        if (!isMarked && last instanceof Outcome.Done<OperationKey>) {
            last = operations.apply(tag, session);
        }
        if (last instanceof Outcome.Done<OperationKey>) {
            last = NativeMerges.isNext(request.strategyOr(strategy), session)
                    ? merge(request, tag, workspace, isStillAsked, session)
                    : close(request, tag, workspace, session);
        }
        operations.finish(session);
        return last.map(done -> request.id());
    }

    /** By Intercom's own merge; where the strategy says so, a pair that Intercom refuses to merge is closed and linked instead. */
    private Outcome<OperationKey> merge(
            MergeRequest request,
            Operation tag,
            Workspace workspace,
            BooleanSupplier isStillAsked,
            LedgerSession session) {
        Outcome<OperationKey> merged = new NativeMerges(operations).apply(request, isStillAsked, session);
        return request.strategyOr(strategy) == Strategy.NATIVE_THEN_LINK
                        && merged instanceof Outcome.Failed<OperationKey> failed
                        && MergeNative.isRefusedForGood(failed.failure())
                ? close(request, tag, workspace, session)
                : merged;
    }

    /** The answer to a tag does not speak of the conversation. What the close answers does, and shows whether the tag is there. */
    private Outcome<OperationKey> close(
            MergeRequest request, Operation tag, Workspace workspace, LedgerSession session) {
        Conversation before = session.seen();
        Outcome<OperationKey> closed =
                operations.apply(new Operation.Close(request.id(), request.duplicate(), workspace), session);
        LedgerEntry tagged = session.entry(OperationKind.TAG);
        boolean wasDenied = tagged != null
                && (OperationSender.NOT_SHOWN.equals(tagged.code())
                        || OperationSender.NOT_SHOWN_YET.equals(tagged.code()));
        boolean isSeenAfter = session.seen() != before;
        if (!(closed instanceof Outcome.Done<OperationKey>) || !isSeenAfter && !wasDenied) {
            return closed;
        }
        operations.finish(session);
        return operations.sender().confirm(tag, session, isSeenAfter, wasDenied);
    }

    /** Somebody may have changed the duplicate in the request's row after something was sent for the one before. */
    private static Optional<Failure> begunElsewhere(MergeRequest request, List<LedgerEntry> begun) {
        return begun.stream()
                .filter(entry -> !entry.conversation().equals(request.duplicate()))
                .findFirst()
                .map(
                        entry -> Failure.withoutAnswer(
                                FailureKind.REFUSED,
                                "row_changed",
                                "the request was begun for the duplicate " + entry.conversation()
                                        + ", but its row says " + request.duplicate()
                                        + " now: nothing was sent for that one. Put the row back, and insert another request for it"));
    }
}
