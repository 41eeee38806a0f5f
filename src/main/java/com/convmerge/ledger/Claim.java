package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The intention to send an operation.
 *
 * @param requestId null for an operation on a survivor
 * @param previous the ledger's row of the operation, if it was begun before
 * @param reference the text by which the note is found again; for a merge by Intercom the conversation that it goes into; else null
 * @param stateBefore the conversation's state, which an undo of a close restores
 * @param snoozedUntil until when the conversation was snoozed; null if it was not, or nobody knows
 */
public record Claim(
        OperationKey key,
        OperationKind kind,
        @Nullable Long requestId,
        ConversationId conversation,
        @Nullable LedgerEntry previous,
        @Nullable String reference,
        @Nullable String stateBefore,
        @Nullable Instant snoozedUntil,
        long executionId) {
    /** A claim on a conversation that is not known to be snoozed. */
    public Claim(
            OperationKey key,
            OperationKind kind,
            @Nullable Long requestId,
            ConversationId conversation,
            @Nullable LedgerEntry previous,
            @Nullable String reference,
            @Nullable String stateBefore,
            long executionId) {
        this(key, kind, requestId, conversation, previous, reference, stateBefore, null, executionId);
    }

    /** The same on a conversation that is snoozed until then; null for one that is not known to be. */
    public Claim snoozedUntil(@Nullable Instant until) {
        return new Claim(key, kind, requestId, conversation, previous, reference, stateBefore, until, executionId);
    }
}
