package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an operation: claims it in the ledger when its call's turn has come, and writes down how the call ended.
 *
 * @param mayClaim the same for the whole run, so that it is asked once for all claims that are committed together
 * @param clock the wall clock, for what is written down
 */
record OperationSender(
        Ledger ledger,
        IntercomClient client,
        CallPermit permit,
        BooleanSupplier mayClaim,
        NoteWatch notes,
        NoteReferences references,
        CallEnds ends,
        Disappearance disappearance,
        Clock clock) {
    /** The code of an operation that was not sent, because it is not asked for any more. */
    static final String WITHDRAWN = "row_changed_meanwhile";

    /** The code of an accepted operation that does not show. */
    static final String NOT_SHOWN = "not_as_answered";
    /** The same of one that is to be sent once more, because what was answered may only be late. */
    static final String NOT_SHOWN_YET = "not_as_answered_yet";

    private static final String NOTE_NOT_SHOWN =
            "Intercom accepted the note, but neither its answer nor a read of the conversation shows it";

    /** One operation that is to be sent. Each try of its call claims it anew. */
    private final class Attempt implements Departure {
        private final Operation operation;
        private final LedgerSession session;
        private final @Nullable String reference;
        private @Nullable LedgerEntry entry;
        private boolean isClaimed;
        private boolean isWithdrawn;

        Attempt(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
            this.operation = operation;
            this.session = session;
            this.entry = before;
            String fresh = operation.kind().isNote() ? references.next(operation.kind()) : null;
            this.reference = before == null ? fresh : before.reference();
        }

        @Override
        public Optional<Failure> prepare() {
            Optional<LedgerEntry> claimed = ledger.claim(
                    session.takeUnwritten(),
                    operation.claim(entry, reference, session.seen(), session.executionId()),
                    mayClaim,
                    this::writeAlongsideClaim);
            if (claimed.isEmpty()) {
                return Optional.of(whyNotClaimed());
            }
            entry = claimed.get();
            isClaimed = true;
            return Optional.empty();
        }

        /** The row that the last claim has written; empty if nothing was claimed. */
        Optional<LedgerEntry> claimed() {
            return isClaimed ? Optional.ofNullable(entry) : Optional.empty();
        }

        private boolean writeAlongsideClaim() {
            isWithdrawn = !operation.writeAlongsideClaim();
            return !isWithdrawn;
        }

        private Failure whyNotClaimed() {
            if (permit.isRevoked()) {
                return Intercom.halted();
            }
            if (isWithdrawn) {
                return Failure.withoutAnswer(
                        FailureKind.NOT_SENT,
                        WITHDRAWN,
                        "the row was changed after this run had read it; the next run decides about it again");
            }
            // An answer to an earlier run may have come late. The next look at the ledger knows.
            return Failure.withoutAnswer(
                    FailureKind.IN_DOUBT,
                    "changed_meanwhile",
                    "operation " + operation.key() + " was not sent: its row in the ledger was changed meanwhile");
        }
    }

    /** Sends the operation, and finds out what a 404 is about: the conversation, the tag, or neither. */
    Outcome<OperationKey> send(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
        if (!(operation instanceof Operation.AddTag tag)) {
            Outcome<OperationKey> outcome = sendOnce(operation, before, session);
            return operation.kind().isNote() ? outcome : repeatable(outcome, operation);
        }
        String used = tag.workspace().tagId();
        Outcome<OperationKey> outcome = sendOnce(operation, before, session);
        if (isNotFound(outcome)) {
            Outcome<RunTag.Missing> missing = tag.workspace().tag().afterNotFound(used, client);
            if (missing instanceof Outcome.Failed<RunTag.Missing> stop) {
                return new Outcome.Failed<>(stop.operation(), stop.failure());
            }
            if (((Outcome.Done<RunTag.Missing>) missing).value() == RunTag.Missing.TRY_AGAIN) {
                OperationKey key = before == null ? operation.key() : before.key();
                outcome = sendOnce(operation, ledger.find(key).orElse(null), session);
            }
        }
        return repeatable(outcome, operation);
    }

    /** A tag or a close that got a 404 which no read confirms may be sent again. */
    private Outcome<OperationKey> repeatable(Outcome<OperationKey> outcome, Operation operation) {
        return outcome instanceof Outcome.Failed<OperationKey> failed
                ? new Outcome.Failed<>(failed.operation(), disappearance.ofRepeatable(failed.failure(), operation))
                : outcome;
    }

    private static boolean isNotFound(Outcome<OperationKey> outcome) {
        return outcome instanceof Outcome.Failed<OperationKey> failed
                && failed.failure().kind() == FailureKind.NOT_FOUND;
    }

    private Outcome<OperationKey> sendOnce(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
        Attempt attempt = new Attempt(operation, before, session);
        return operation.kind().isNote()
                ? notes.send(operation, Objects.requireNonNullElse(attempt.reference, ""), session, () -> send(attempt))
                : send(attempt);
    }

    private Outcome<OperationKey> send(Attempt attempt) {
        Operation operation = attempt.operation;
        Answer<Sent> answer = operation.send(client, attempt, Objects.requireNonNullElse(attempt.reference, ""));
        Instant ended = clock.instant();
        if (answer instanceof Answer.Ok<Sent> ok) {
            return sent(ok, ended, attempt);
        }
        Failure answered = ((Answer.Failed<Sent>) answer).failure();
        int attempts = attempt.claimed().map(LedgerEntry::attempts).orElse(0);
        Failure failure = operation.kind().isNote() ? disappearance.ofNote(answered, operation, attempts) : answered;
        attempt.claimed()
                .ifPresent(entry ->
                        ledger.settle(List.of(Settlement.failed(entry, stateAfter(failure.kind()), ended, failure))));
        return failure.kind() == FailureKind.IN_DOUBT
                ? new Outcome.InDoubt<>(
                        operation.kind(),
                        failure,
                        ends.endedNow(operation.key()),
                        attempt.claimed().isPresent())
                : new Outcome.Failed<>(operation.kind(), failure);
    }

    private Outcome<OperationKey> sent(Answer.Ok<Sent> answer, Instant ended, Attempt attempt) {
        Operation operation = attempt.operation;
        LedgerEntry entry = attempt.claimed().orElseThrow();
        Conversation seen = answer.value().conversation();
        LedgerSession session = attempt.session;
        String remoteId = answer.value().remoteId();
        Optional<Failure> stop = Optional.empty();
        Optional<String> notShown = operation.whyNotShown(answer.value());
        if (operation.kind().isNote() && seen != null) {
            Finding own = notes.findSent(operation, entry, seen);
            remoteId = own instanceof Finding.There there ? there.partId() : null;
            stop = notes.whyNoFurtherNote(operation, entry, own, seen, session);
            notShown = own instanceof Finding.There ? Optional.empty() : Optional.of(NOTE_NOT_SHOWN);
        }
        if (stop.isEmpty() && notShown.isPresent()) {
            Failure failure = new Failure(FailureKind.IN_DOUBT, answer.httpStatus(), NOT_SHOWN, notShown.get(), null);
            ledger.settle(List.of(Settlement.failed(entry, LedgerState.IN_DOUBT, ended, failure)));
            return new Outcome.InDoubt<>(operation.kind(), failure, ends.endedNow(operation.key()), false);
        }
        session.saw(seen);
        session.ended(Settlement.done(entry, ended, answer.httpStatus(), remoteId));
        return stop.isPresent()
                ? new Outcome.Failed<>(operation.kind(), stop.get())
                : new Outcome.Done<>(operation.key());
    }

    /**
     * Whether an operation that is done shows in what came after it. Otherwise it is in doubt again.
     *
     * @param isSeen whether the conversation as it was seen last was seen after the operation
     * @param wasDenied whether it did not show before, either
     */
    Outcome<OperationKey> confirm(Operation operation, LedgerSession session, boolean isSeen, boolean wasDenied) {
        Conversation seen = session.seen();
        Outcome<OperationKey> done = new Outcome.Done<>(operation.key());
        if (isSeen && seen != null && operation.isSatisfiedBy(seen)) {
            return done;
        }
        LedgerEntry known = session.entry(operation.kind());
        Optional<LedgerEntry> entry = ledger.find(known == null ? operation.key() : known.key())
                .filter(row -> row.state() == LedgerState.DONE);
        boolean isShown = client.read(operation.conversation()) instanceof Answer.Ok<Conversation> read
                && operation.isSatisfiedBy(read.value());
        if (isShown || entry.isEmpty()) {
            return done;
        }
        Failure failure = new Failure(
                FailureKind.IN_DOUBT,
                entry.get().httpStatus(),
                wasDenied ? NOT_SHOWN : NOT_SHOWN_YET,
                "Intercom accepted the " + operation.kind().label() + ", but the conversation does not show it",
                null);
        ledger.settle(List.of(Settlement.failed(entry.get(), LedgerState.IN_DOUBT, clock.instant(), failure)));
        return new Outcome.InDoubt<>(operation.kind(), failure, ends.endedNow(operation.key()), false);
    }

    private static LedgerState stateAfter(FailureKind kind) {
        return switch (kind) {
            case IN_DOUBT -> LedgerState.IN_DOUBT;
            case NOT_FOUND, REFUSED -> LedgerState.REFUSED;
            case NOT_SENT, STOPS_THE_RUN -> LedgerState.NOT_SENT;
        };
    }
}
