package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Conversations;
import com.convmerge.ledger.Entry;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.Operation;
import com.convmerge.merge.OperationKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Opens a closed survivor before duplicates are merged into it. */
public final class ParentOpener {
    private final Ledger ledger;
    private final Conversations conversations;
    private final OperationApplier operations;

    ParentOpener(Ledger ledger, Conversations conversations, OperationApplier operations) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.operations = operations;
    }

    /**
     * Opens {@code survivor} unless it is open.
     *
     * @param seen as it was just read
     */
    public Optional<Failure> open(ConversationId survivor, Conversation seen, Workspace workspace, long executionId) {
        OperationKey key = OperationKey.ofReopen(survivor, executionId);
        Map<Operation, Entry> entries = new EnumMap<>(Operation.class);
        ledger.find(key).ifPresent(entry -> entries.put(Operation.REOPEN, entry));
        Hand hand = new Hand(entries);
        hand.saw(seen);
        Planned planned = new Planned(
                key, Operation.REOPEN, null, survivor, workspace.tagId(), executionId, reference -> conversations
                        .open(survivor, workspace.adminId())
                        .map(conversation -> new Planned.Sent(null, conversation)));
        Optional<Failure> failure = operations.apply(planned, hand);
        operations.finish(hand);
        return failure;
    }
}
