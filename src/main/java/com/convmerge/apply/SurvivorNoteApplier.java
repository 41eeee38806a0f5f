package com.convmerge.apply;

import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes a note on a survivor, once. */
public final class SurvivorNoteApplier {
    private final Ledger ledger;
    private final IntercomClient conversations;
    private final OperationApplier operations;
    private final NoteTexts texts;

    SurvivorNoteApplier(Ledger ledger, IntercomClient conversations, OperationApplier operations, NoteTexts texts) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.operations = operations;
        this.texts = texts;
    }

    /**
     * Writes the note {@code key}, or finds that it is there.
     *
     * @param assign writes down what the note tells of; commits with the claim, so that a note that was begun always knows
     * @param merged what the note tells of; asked after {@code assign}
     */
    public Optional<Failure> apply(
            OperationKey key,
            ConversationId survivor,
            Runnable assign,
            Supplier<List<MergeRequest>> merged,
            Workspace workspace,
            long executionId) {
        Map<OperationKind, LedgerEntry> entries = new EnumMap<>(OperationKind.class);
        Optional<LedgerEntry> begun = ledger.find(key);
        begun.ifPresent(entry -> entries.put(OperationKind.PARENT_NOTE, entry));
        Hand hand = new Hand(entries);
        if (begun.isEmpty()) {
            hand.owe(assign);
        }
        PlannedOperation planned = new PlannedOperation(
                key,
                OperationKind.PARENT_NOTE,
                null,
                survivor,
                workspace.tagId(),
                executionId,
                reference -> RequestApplier.noted(
                        conversations.note(
                                survivor, workspace.adminId(), texts.onSurvivor(merged.get(), workspace, reference)),
                        reference));
        Optional<Failure> failure = operations.apply(planned, hand);
        operations.finish(hand);
        return failure;
    }
}
