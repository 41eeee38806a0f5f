package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger.
 *
 * @param requestId null for a note on a survivor
 * @param reference the text by which the note is found again; null for a tag and a close
 * @param attempts how often it was claimed
 */
public record LedgerEntry(
        OperationKey key,
        OperationKind operation,
        @Nullable Long requestId,
        ConversationId conversation,
        LedgerState state,
        @Nullable String reference,
        int attempts,
        Instant firstSentAt,
        Instant lastSentAt) {

    LedgerEntry in(LedgerState next) {
        return new LedgerEntry(
                key, operation, requestId, conversation, next, reference, attempts, firstSentAt, lastSentAt);
    }

    LedgerEntry sentAgain(Instant now) {
        return new LedgerEntry(
                key, operation, requestId, conversation, LedgerState.SENT, reference, attempts + 1, firstSentAt, now);
    }
}
