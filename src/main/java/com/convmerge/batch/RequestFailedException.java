package com.convmerge.batch;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import java.util.List;

/** Carries the failed operation and its failure to the {@link RetrySkipListener}: Spring Batch's way into the retry table. */
final class RequestFailedException extends Exception {
    final transient Item item;
    final transient OperationKind operation;
    final transient Failure failure;

    /**
     * What is skipped.
     *
     * @param requestIds the requests that go to the retry table; none for a survivor's note, whose merges stand
     * @param role what the conversation is in the item: conversation, parent or survivor
     */
    record Item(List<Long> requestIds, String role, ConversationId conversation) {
        /** For the log. */
        String subject() {
            return role + " " + conversation;
        }
    }

    RequestFailedException(Item item, OperationKind operation, Failure failure) {
        super(failure.describe(), null, false, false);
        this.item = item;
        this.operation = operation;
        this.failure = failure;
    }
}
