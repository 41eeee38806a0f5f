package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be written down about an operation that needs nothing more for now. */
public sealed interface Settlement {
    /** The operation's key. */
    default OperationKey key() {
        return this instanceof Ended ended
                ? ended.entry().key()
                : ((Found) this).claim().key();
    }

    /**
     * A sent operation ended in {@code state}, or what was in doubt about it is known now.
     *
     * @param at when its call ended, or when it became known
     */
    record Ended(
            LedgerEntry entry,
            LedgerState state,
            Instant at,
            @Nullable Integer httpStatus,
            @Nullable String remoteId,
            @Nullable Failure failure)
            implements Settlement {}

    /**
     * The conversation already is as the operation would make it. Nothing was sent.
     *
     * @param state NOT_NEEDED, or DONE for a note of ours that the ledger had lost
     */
    record Found(Claim claim, LedgerState state, @Nullable String remoteId) implements Settlement {}

    /** It happened; {@code remoteId} is Intercom's id of what was made, as far as the answer contains it. */
    static Settlement done(LedgerEntry entry, Instant at, @Nullable Integer httpStatus, @Nullable String remoteId) {
        return new Ended(entry, LedgerState.DONE, at, httpStatus, remoteId, null);
    }

    /** It did not happen, or nobody knows yet. */
    static Settlement failed(LedgerEntry entry, LedgerState state, Instant at, Failure failure) {
        return new Ended(entry, state, at, failure.httpStatus(), null, failure);
    }

    /** There was nothing to do. */
    static Settlement notNeeded(Claim claim) {
        return new Found(claim, LedgerState.NOT_NEEDED, null);
    }
}
