package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Opens a closed survivor before duplicates are merged into it. */
public final class SurvivorOpener {
    private final Ledger ledger;
    private final IntercomClient conversations;
    private final OperationApplier operations;

    SurvivorOpener(Ledger ledger, IntercomClient conversations, OperationApplier operations) {
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
        Map<OperationKind, LedgerEntry> entries = new EnumMap<>(OperationKind.class);
        ledger.find(key).ifPresent(entry -> entries.put(OperationKind.REOPEN, entry));
        Hand hand = new Hand(entries);
        hand.saw(seen);
        PlannedOperation planned = new PlannedOperation(
                key, OperationKind.REOPEN, null, survivor, workspace.tagId(), executionId, reference -> conversations
                        .open(survivor, workspace.adminId())
                        .map(conversation -> new PlannedOperation.Sent(null, conversation)));
        Optional<Failure> failure = operations.apply(planned, hand);
        operations.finish(hand);
        return failure;
    }
}
