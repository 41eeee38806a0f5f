package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import org.jspecify.annotations.Nullable;

/** What is to be written down about an operation that needs nothing more for now. */
public sealed interface Settlement {
    /** A sent operation ended in {@code state}, or what was in doubt about it is known now. */
    record Ended(
            LedgerEntry entry,
            LedgerState state,
            @Nullable Integer httpStatus,
            @Nullable String remoteId,
            @Nullable Failure failure)
            implements Settlement {}

    /** The conversation already is as the operation would make it. Nothing was sent. */
    record NotNeeded(Claim claim) implements Settlement {}

    /** It happened; {@code remoteId} is Intercom's id of what was made, as far as the answer contains it. */
    static Settlement done(LedgerEntry entry, @Nullable Integer httpStatus, @Nullable String remoteId) {
        return new Ended(entry, LedgerState.DONE, httpStatus, remoteId, null);
    }

    /** It did not happen, or nobody knows yet. */
    static Settlement failed(LedgerEntry entry, LedgerState state, Failure failure) {
        return new Ended(entry, state, failure.httpStatus(), null, failure);
    }
}
