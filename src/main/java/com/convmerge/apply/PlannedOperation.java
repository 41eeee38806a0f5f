package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is to be done unless it was.
 *
 * @param requestId null for a note on a survivor
 * @param tagId the tag of a {@link OperationKind#TAG}; unused otherwise
 * @param call sends it; takes the reference, which is empty for a tag and a close
 */
record PlannedOperation(
        OperationKey key,
        OperationKind operation,
        @Nullable Long requestId,
        ConversationId conversation,
        String tagId,
        long executionId,
        Function<String, Answer<Sent>> call) {

    /** What Intercom answered: the id of what was made, and the conversation, each as far as it was told. */
    record Sent(@Nullable String remoteId, @Nullable Conversation conversation) {}

    Claim claim(@Nullable String reference, @Nullable Conversation before) {
        return new Claim(
                key,
                operation,
                requestId,
                conversation,
                reference,
                before == null ? null : before.state(),
                executionId);
    }

    /** Whether {@code seen} shows that what is wanted is so already; a note never is. */
    boolean isNeedless(Conversation seen) {
        return switch (operation) {
            case TAG -> seen.hasTag(tagId);
            case CLOSE -> seen.isClosed();
            case REOPEN -> !seen.isClosed();
            case NOTE, PARENT_NOTE, PARENT_CHECK -> false;
        };
    }

    /** Whether {@code seen} shows that what {@code entry} sent has happened. */
    boolean isShown(Conversation seen, LedgerEntry entry) {
        return operation.isNote()
                ? entry.reference() != null && seen.partWith(entry.reference()).isPresent()
                : isNeedless(seen);
    }
}
