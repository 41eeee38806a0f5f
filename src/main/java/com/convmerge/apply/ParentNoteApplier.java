package com.convmerge.apply;

import com.convmerge.intercom.Conversations;
import com.convmerge.ledger.Entry;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.Operation;
import com.convmerge.merge.OperationKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes a note on a survivor, once. */
public final class ParentNoteApplier {
    private final Ledger ledger;
    private final Conversations conversations;
    private final OperationApplier operations;
    private final NoteTexts texts;

    ParentNoteApplier(Ledger ledger, Conversations conversations, OperationApplier operations, NoteTexts texts) {
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
        Map<Operation, Entry> entries = new EnumMap<>(Operation.class);
        Optional<Entry> begun = ledger.find(key);
        begun.ifPresent(entry -> entries.put(Operation.PARENT_NOTE, entry));
        Hand hand = new Hand(entries);
        if (begun.isEmpty()) {
            hand.owe(assign);
        }
        Planned planned = new Planned(
                key,
                Operation.PARENT_NOTE,
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
