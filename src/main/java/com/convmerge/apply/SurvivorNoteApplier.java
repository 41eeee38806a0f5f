package com.convmerge.apply;

import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.List;
import java.util.Optional;

/**
 * Writes a note on a survivor, once. A new note takes three steps: it is claimed; the caller writes down which merges it lists;
 * it is sent. So a claim without merges tells, after a crash, that its call never left.
 */
public record SurvivorNoteApplier(Ledger ledger, OperationApplier operations, NoteTexts texts) {
    /** How many merges one note lists; the rest goes into further notes. */
    public static final int MERGES_IN_A_NOTE = 100;

    /** Claims the note {@code key}; empty if somebody else has claimed it. */
    public Optional<LedgerEntry> claim(
            OperationKey key, ConversationId survivor, Workspace workspace, long executionId) {
        Operation.AddSurvivorNote note = new Operation.AddSurvivorNote(key, survivor, List.of(), workspace, texts);
        return operations.claim(note, null, new LedgerSession(List.of(), executionId));
    }

    /** Sends a note that this run has just claimed. */
    public Outcome<OperationKey> send(LedgerEntry claimed, List<MergeRequest> merges, Workspace workspace) {
        LedgerSession session = new LedgerSession(List.of(claimed), claimed.executionId());
        return finish(operations.send(note(claimed, merges, workspace), claimed, session), session, claimed.key());
    }

    /** Finishes a note that an earlier run has begun, or finds that it is there. */
    public Outcome<OperationKey> resume(
            LedgerEntry begun, List<MergeRequest> merges, Workspace workspace, long executionId) {
        LedgerSession session = new LedgerSession(List.of(begun), executionId);
        return finish(operations.apply(note(begun, merges, workspace), session), session, begun.key());
    }

    /** Writes off a note that an earlier run has claimed, but which ended before it wrote down what the note lists. */
    public Outcome<OperationKey> abandon(LedgerEntry begun) {
        if (begun.state() == LedgerState.SENT) {
            Failure ended = Failure.withoutAnswer(
                    FailureKind.NOT_SENT, "run_ended", "the run that claimed it ended before the call");
            ledger.settle(List.of(
                    Settlement.failed(begun, LedgerState.NOT_SENT, ended),
                    new Settlement.Ended(begun.in(LedgerState.NOT_SENT), LedgerState.NOT_NEEDED, null, null, null)));
        }
        return new Outcome.Done<>(begun.key());
    }

    private Operation.AddSurvivorNote note(LedgerEntry entry, List<MergeRequest> merges, Workspace workspace) {
        return new Operation.AddSurvivorNote(entry.key(), entry.conversation(), merges, workspace, texts);
    }

    private Outcome<OperationKey> finish(Optional<Failure> failure, LedgerSession session, OperationKey key) {
        operations.finish(session);
        return Outcome.of(failure, OperationKind.SURVIVOR_NOTE, key);
    }
}
