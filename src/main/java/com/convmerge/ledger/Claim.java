package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import org.jspecify.annotations.Nullable;

/**
 * The wish to send an operation.
 *
 * @param reference the note's; kept from the first claim, as the note that may have been written shows that one
 * @param stateBefore the conversation's state, which an undo of a close restores
 */
public record Claim(
        OperationKey key,
        OperationKind operation,
        @Nullable Long requestId,
        ConversationId conversation,
        @Nullable String reference,
        @Nullable String stateBefore,
        long executionId) {}
