package com.convmerge.apply;

import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an undo does to one duplicate beside its note.
 *
 * @param restoration what becomes of its state
 * @param tag the ledger's row of the tag that is taken off; empty if the tag stays, because it was there before the merge
 * @param note the ledger's row of the note that loses its words; empty if it keeps them
 */
public record UndoPlan(Restoration restoration, Optional<LedgerEntry> tag, Optional<LedgerEntry> note) {
    static UndoPlan of(List<LedgerEntry> begun, Restoration restoration, boolean redactsNote) {
        return new UndoPlan(
                restoration,
                done(begun, OperationKind.TAG).filter(tag -> tag.remoteId() != null),
                redactsNote
                        ? done(begun, OperationKind.NOTE)
                                .filter(note -> note.remoteId() != null && note.reference() != null)
                        : Optional.empty());
    }

    /** What the ledger knows to be done. */
    static Optional<LedgerEntry> done(List<LedgerEntry> begun, OperationKind kind) {
        return begun.stream()
                .filter(entry -> entry.kind() == kind && entry.state() == LedgerState.DONE)
                .findFirst();
    }

    /** The changes in their order: the state comes last. */
    List<Operation> changes(MergeRequest merge, Workspace workspace) {
        List<Operation> changes = new ArrayList<>();
        tag.map(LedgerEntry::remoteId)
                .ifPresent(id -> changes.add(new UndoOperation.Untag(merge.id(), merge.duplicate(), workspace, id)));
        note.ifPresent(entry -> changes.add(new UndoOperation.Redact(
                merge.id(), merge.duplicate(), String.valueOf(entry.remoteId()), String.valueOf(entry.reference()))));
        if (restoration instanceof Restoration.Snooze snooze) {
            changes.add(new UndoOperation.SnoozeAgain(merge.id(), merge.duplicate(), workspace, snooze.until()));
        } else if (restoration instanceof Restoration.Open) {
            changes.add(new Operation.Reopen(
                    OperationKey.ofRequest(merge.id(), OperationKind.REOPEN),
                    merge.id(),
                    merge.duplicate(),
                    workspace));
        }
        return changes;
    }
}
