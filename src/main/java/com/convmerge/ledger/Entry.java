package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Operation;
import com.convmerge.merge.OperationKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger.
 *
 * @param requestId null for a note on a survivor
 * @param reference the text by which the note is found again; null for a tag and a close
 * @param attempts how often it was claimed
 */
public record Entry(
        OperationKey key,
        Operation operation,
        @Nullable Long requestId,
        ConversationId conversation,
        LedgerState state,
        @Nullable String reference,
        int attempts,
        Instant firstSentAt,
        Instant lastSentAt) {

    Entry in(LedgerState next) {
        return new Entry(key, operation, requestId, conversation, next, reference, attempts, firstSentAt, lastSentAt);
    }

    Entry sentAgain(Instant now) {
        return new Entry(
                key, operation, requestId, conversation, LedgerState.SENT, reference, attempts + 1, firstSentAt, now);
    }
}
