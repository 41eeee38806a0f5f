package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import org.jspecify.annotations.Nullable;

/** How a sent operation ended. */
public record Result(
        LedgerState state,
        @Nullable Integer httpStatus,
        @Nullable String remoteId,
        @Nullable Failure failure) {
    /** It happened; {@code remoteId} is Intercom's id of what was made, as far as it was told. */
    public static Result done(@Nullable Integer httpStatus, @Nullable String remoteId) {
        return new Result(LedgerState.DONE, httpStatus, remoteId, null);
    }

    /** It did not, or nobody knows. */
    public static Result failed(LedgerState state, Failure failure) {
        return new Result(state, failure.httpStatus(), null, failure);
    }
}
