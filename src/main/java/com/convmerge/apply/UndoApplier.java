package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes back what a merge did to one duplicate: each operation once, through the ledger, so that it may be killed anywhere. */
public record UndoApplier(
        Ledger ledger, IntercomClient client, OperationApplier operations, NoteTexts texts, Clock clock) {
    /** The code of the failure of a merge that cannot be taken back. */
    static final String FINAL = "merged_natively";

    /**
     * What was taken back.
     *
     * @param leftAlone what was left as it is, and why; empty if that is nothing
     */
    public record Undone(long requestId, String leftAlone) {}

    /**
     * Does what is left to do: first the note, which says why the rest happens and wakes what is snoozed, and the state last.
     *
     * @param merge with the reason of the undo, and who wants it
     * @param redactsNote whether the note of the merge loses its words
     */
    public Outcome<Undone> apply(MergeRequest merge, boolean redactsNote, Workspace workspace, long executionId) {
        List<LedgerEntry> begun = ledger.ofRequest(merge.id());
        LedgerSession session = new LedgerSession(begun, executionId);
        Outcome<UndoPlan> plan = plan(merge, begun, redactsNote, workspace, session);
        if (!(plan instanceof Outcome.Done<UndoPlan> made)) {
            return plan.map(none -> new Undone(merge.id(), ""));
        }
        Outcome<Undone> outcome = inOrder(merge, made.value(), workspace, session);
        operations.finish(session);
        return outcome;
    }

    /** What an undo would do now. It reads, and changes nothing. */
    public Outcome<UndoPlan> plan(MergeRequest merge, boolean redactsNote, Workspace workspace) {
        List<LedgerEntry> begun = ledger.ofRequest(merge.id());
        return plan(merge, begun, redactsNote, workspace, new LedgerSession(begun, 0));
    }

    private Outcome<UndoPlan> plan(
            MergeRequest merge,
            List<LedgerEntry> begun,
            boolean redactsNote,
            Workspace workspace,
            LedgerSession session) {
        if (UndoPlan.done(begun, OperationKind.MERGE_NATIVE).isPresent()) {
            return new Outcome.Failed<>(OperationKind.UNDO_NOTE, isFinal());
        }
        Answer<Conversation> read = client.read(merge.duplicate());
        if (read instanceof Answer.Failed<Conversation> failed) {
            return new Outcome.Failed<>(OperationKind.UNDO_NOTE, failedRead(failed.failure()));
        }
        Conversation seen = ((Answer.Ok<Conversation>) read).value();
        session.saw(seen);
        Restoration restoration = begunRestoration(begun)
                .orElseGet(() -> Restoration.of(begun, seen, workspace.adminId(), clock.instant()));
        return new Outcome.Done<>(UndoPlan.of(begun, restoration, redactsNote));
    }

    private Outcome<Undone> inOrder(MergeRequest merge, UndoPlan plan, Workspace workspace, LedgerSession session) {
        List<String> leftAlone = new ArrayList<>();
        if (plan.restoration() instanceof Restoration.Leave leave) {
            leftAlone.add(leave.why());
        }
        Outcome<OperationKey> last = operations.apply(new AddUndoNote(merge, workspace, texts), session);
        for (Operation operation : plan.changes(merge, workspace)) {
            if (!(last instanceof Outcome.Done<OperationKey>)) {
                break;
            }
            last = operations.apply(operation, session);
            if (operation.kind() == OperationKind.REDACT && isRefused(last)) {
                leftAlone.add("its note keeps its words: "
                        + ((Outcome.Failed<OperationKey>) last).failure().describe());
                last = new Outcome.Done<>(operation.key());
            }
        }
        return last.map(done -> new Undone(merge.id(), String.join("; ", leftAlone)));
    }

    /** What an undo that broke off has begun is finished, whatever the duplicate looks like now. */
    private static Optional<Restoration> begunRestoration(List<LedgerEntry> begun) {
        if (begun.stream().anyMatch(entry -> entry.kind() == OperationKind.REOPEN)) {
            return Optional.of(new Restoration.Open());
        }
        return begun.stream()
                .filter(entry -> entry.kind() == OperationKind.SNOOZE)
                .findFirst()
                .flatMap(entry -> begun.stream()
                        .map(LedgerEntry::snoozedUntil)
                        .filter(until -> until != null)
                        .findFirst())
                .map(Restoration.Snooze::new);
    }

    private static boolean isRefused(Outcome<OperationKey> outcome) {
        return outcome instanceof Outcome.Failed<OperationKey> failed
                && (failed.failure().kind() == FailureKind.REFUSED
                        || failed.failure().kind() == FailureKind.NOT_FOUND);
    }

    private static Failure isFinal() {
        return Failure.withoutAnswer(
                FailureKind.REFUSED, FINAL, "it was merged by Intercom's own merge, which cannot be taken back");
    }

    /** A read leaves nothing in doubt. */
    private static Failure failedRead(Failure failure) {
        return failure.kind() == FailureKind.IN_DOUBT ? failure.as(FailureKind.NOT_SENT) : failure;
    }
}
