package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the notes of one run leave only as long as their promise can be kept. They leave one at a time until the first one was found
 * again at Intercom, like a canary before the miners: what cannot be found again could not be kept from being written twice. And none
 * leaves after a conversation has shown something that was done and that the ledger does not know.
 *
 * <p>Safe for use by many threads.
 */
final class NoteWatch {
    private final IntercomClient client;
    /** Null where each duplicate is read before its first note, so that no loss can do harm. */
    private final @Nullable LostMerges lost;

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile boolean isFirstFound;
    private volatile @Nullable Failure verdict;

    NoteWatch(IntercomClient client, @Nullable LostMerges lost) {
        this.client = client;
        this.lost = lost;
    }

    /** Sends the note with this reference, unless none may leave any more. */
    Outcome<OperationKey> send(
            Operation operation, String reference, LedgerSession session, Supplier<Outcome<OperationKey>> note) {
        if (isFirstFound) {
            return sendUnlessStopped(operation, note);
        }
        oneAtATime.lock();
        try {
            Outcome<OperationKey> outcome = sendUnlessStopped(operation, note);
            return outcome instanceof Outcome.InDoubt<OperationKey> open && open.isJustSent() && !isFirstFound
                    ? lookAtOnce(operation, reference, session, outcome)
                    : outcome;
        } finally {
            oneAtATime.unlock();
        }
    }

    private Outcome<OperationKey> sendUnlessStopped(Operation operation, Supplier<Outcome<OperationKey>> note) {
        Failure stopped = verdict;
        return stopped == null ? note.get() : new Outcome.Failed<>(operation.kind(), stopped);
    }

    /** No answer has told yet whether the ledger knows all, so the next note must not leave before a read has. */
    private Outcome<OperationKey> lookAtOnce(
            Operation operation, String reference, LedgerSession session, Outcome<OperationKey> inDoubt) {
        if (lost != null && client.read(operation.conversation()) instanceof Answer.Ok<Conversation> read) {
            Optional<Failure> why = judge(read.value(), operation, reference, session);
            if (why.isPresent()) {
                return new Outcome.Failed<>(operation.kind(), why.get());
            }
        }
        return inDoubt;
    }

    /** Whether {@code seen}, which shows the conversation of a note, shows more than the ledger knows: then no note leaves any more. */
    Optional<Failure> judge(Conversation seen, Operation operation, String reference, LedgerSession session) {
        Optional<Failure> why = lost == null ? Optional.empty() : lost.in(seen, operation, reference, session);
        why.ifPresent(failure -> verdict = failure);
        return why;
    }

    /**
     * Judges the answer to a note; empty if further notes may leave.
     *
     * @param own whether the answer, or a read after it, shows the note itself
     */
    Optional<Failure> whyNoFurtherNote(
            Operation operation, LedgerEntry entry, Finding own, Conversation seen, LedgerSession session) {
        String reference = Objects.requireNonNullElse(entry.reference(), "");
        Optional<Failure> why = judge(seen, operation, reference, session);
        if (why.isEmpty() && !isFirstFound) {
            boolean isFound = own instanceof Finding.There;
            why = isFound ? Optional.empty() : Optional.of(cannotBeFound(operation));
            isFirstFound = isFound;
            why.ifPresent(failure -> verdict = failure);
        }
        return why;
    }

    /** Looks for a note that was accepted: in its answer {@code seen}, and if that does not show it, in the conversation. */
    Finding findSent(Operation operation, LedgerEntry entry, Conversation seen) {
        Finding own = operation.find(seen, entry);
        return !(own instanceof Finding.There)
                        && client.read(operation.conversation()) instanceof Answer.Ok<Conversation> read
                ? operation.find(read.value(), entry)
                : own;
    }

    private static Failure cannotBeFound(Operation operation) {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN,
                "note_not_found_again",
                "the first note, on conversation " + operation.conversation()
                        + ", was accepted, but neither its answer nor"
                        + " a read shows it: what is written there cannot be found again, so that convmerge could not keep"
                        + " it from being written twice. No further note was sent. Look at that conversation in the inbox;"
                        + " does something between convmerge and Intercom change the answers?");
    }
}
