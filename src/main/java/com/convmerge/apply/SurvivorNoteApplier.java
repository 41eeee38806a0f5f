package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Claim;
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
import com.convmerge.merge.Strategy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a note on a survivor, once.
 *
 * @param kind of its notes: those about merges, or those about merges that were taken back
 */
public record SurvivorNoteApplier(
        OperationKind kind,
        Ledger ledger,
        IntercomClient client,
        OperationApplier operations,
        NoteTexts texts,
        Clock clock) {
    /** How many merges one note lists; the rest goes into further notes. */
    public static final int MERGES_IN_A_NOTE = 100;

    /**
     * Writes a new note.
     *
     * @param listing writes down which merges the note lists, in the transaction of its claim, and returns them; if there are none
     *     left, no note is written
     */
    public Outcome<OperationKey> write(
            OperationKey key,
            ConversationId survivor,
            Supplier<List<MergeRequest>> listing,
            Workspace workspace,
            long executionId) {
        SurvivorNoteMerges merges = new SurvivorNoteMerges(() -> asMerged(listing.get()), List.of());
        LedgerSession session = new LedgerSession(List.of(), executionId);
        Outcome<OperationKey> outcome =
                apply(new AddSurvivorNote(kind, key, survivor, merges, workspace, texts), session);
        return merges.areGone() ? new Outcome.Done<>(key) : outcome;
    }

    /** Finishes a note that was begun before, or finds that it is there. */
    public Outcome<OperationKey> resume(
            LedgerEntry begun, List<MergeRequest> merges, Workspace workspace, long executionId) {
        LedgerSession session = new LedgerSession(List.of(begun), executionId);
        List<MergeRequest> listed = asMerged(merges);
        return apply(
                new AddSurvivorNote(
                        kind,
                        begun.key(),
                        begun.conversation(),
                        new SurvivorNoteMerges(() -> listed, listed),
                        workspace,
                        texts),
                session);
    }

    /** The merges, each with the way in which it was done, which need not be the one that was asked for. */
    private List<MergeRequest> asMerged(List<MergeRequest> merges) {
        Set<Long> natively =
                ledger.mergedNatively(merges.stream().map(MergeRequest::id).toList());
        return merges.stream()
                .map(merge -> merge.by(natively.contains(merge.id()) ? Strategy.NATIVE : Strategy.LINK))
                .toList();
    }

    /** Writes off a note that an earlier run has claimed, but none of whose merges is left. */
    public Outcome<OperationKey> abandon(LedgerEntry begun) {
        if (begun.state() == LedgerState.SENT) {
            Instant now = clock.instant();
            Failure ended = Failure.withoutAnswer(
                    FailureKind.NOT_SENT, "run_ended", "the run that claimed it ended before the call");
            ledger.settle(List.of(
                    Settlement.failed(begun, LedgerState.NOT_SENT, now, ended),
                    new Settlement.Ended(
                            begun.in(LedgerState.NOT_SENT, now), LedgerState.NOT_NEEDED, now, null, null, null)));
        }
        return new Outcome.Done<>(begun.key());
    }

    /** A note of ours that a survivor shows, and the merges that it lists. */
    public record Told(@Nullable String reference, String partId, List<Long> requestIds) {}

    /** Reads which of {@code merges} the survivor was told of, whether the ledger knows that or not. */
    public Outcome<List<Told>> told(ConversationId survivor, List<MergeRequest> merges, Workspace workspace) {
        Answer<Conversation> answer = client.read(survivor);
        if (answer instanceof Answer.Failed<Conversation> failed) {
            return new Outcome.Failed<>(OperationKind.SURVIVOR_NOTE, failed.failure());
        }
        Conversation seen = ((Answer.Ok<Conversation>) answer).value();
        NoteSearch search = new NoteSearch(
                OperationKind.SURVIVOR_NOTE,
                workspace.adminId(),
                merges.stream().map(MergeRequest::duplicate).toList());
        if (!search.isCertainlyMissing(seen)) {
            return new Outcome.Failed<>(OperationKind.SURVIVOR_NOTE, OperationApplier.cannotVerify());
        }
        Set<Long> untold = merges.stream().map(MergeRequest::id).collect(Collectors.toCollection(HashSet::new));
        List<Told> told = new ArrayList<>();
        search.ofOurs(seen).forEach(note -> {
            List<Long> listed = merges.stream()
                    .filter(merge -> tellsOf(merge, note, seen) && untold.remove(merge.id()))
                    .map(MergeRequest::id)
                    .toList();
            if (!listed.isEmpty()) {
                told.add(new Told(note.reference(), note.partId(), listed));
            }
        });
        return new Outcome.Done<>(told);
    }

    private static boolean tellsOf(MergeRequest merge, NoteSearch.Note note, Conversation seen) {
        String reference = note.reference();
        return note.body().names(merge.duplicate())
                && (reference == null || !NoteReferences.isOfUndo(reference))
                && !NoteSearch.isTakenBack(seen, note, undo -> undo.names(merge.duplicate()));
    }

    /** Whether the survivor does not show enough to say what it was told of. */
    public static boolean cannotSay(Outcome<List<Told>> told) {
        return told instanceof Outcome.Failed<List<Told>> failed
                && failed.failure().code().equals(OperationApplier.CANNOT_VERIFY);
    }

    /** Writes down a note that {@link #told} has found and that the ledger has lost. */
    public void recordFound(OperationKey key, ConversationId survivor, Told told, long executionId) {
        Claim claim =
                new Claim(key, OperationKind.SURVIVOR_NOTE, null, survivor, null, told.reference(), null, executionId);
        ledger.settle(List.of(new Settlement.Found(claim, LedgerState.DONE, told.partId())));
    }

    private Outcome<OperationKey> apply(AddSurvivorNote note, LedgerSession session) {
        Outcome<OperationKey> outcome = operations.apply(note, session);
        operations.finish(session);
        return outcome;
    }
}
