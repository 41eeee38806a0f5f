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
import org.jspecify.annotations.Nullable;

/**
 * Sends an operation: claims it in the ledger when its call's turn has come, and writes down how the call ended.
 *
 * @param permit says whether this run may claim anything
 * @param clock the wall clock, for what is written down
 */
record OperationSender(
        Ledger ledger,
        IntercomClient client,
        CallPermit permit,
        NoteWatch notes,
        NoteReferences references,
        CallEnds ends,
        Clock clock) {

    /** One operation that is to be sent. Each try of its call claims it anew. */
    private final class Attempt implements Departure {
        private final Operation operation;
        private final LedgerSession session;
        private final @Nullable String reference;
        private @Nullable LedgerEntry entry;
        private boolean isClaimed;

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
                    permit::mayClaim,
                    operation::writeAlongsideClaim);
            if (claimed.isEmpty()) {
                return Optional.of(permit.isRevoked() ? Intercom.halted() : changedMeanwhile());
            }
            entry = claimed.get();
            isClaimed = true;
            return Optional.empty();
        }

        /** The row that the last claim has written; empty if nothing was claimed. */
        Optional<LedgerEntry> claimed() {
            return isClaimed ? Optional.ofNullable(entry) : Optional.empty();
        }

        /** An answer to an earlier run may have come late. The next look at the ledger knows. */
        private Failure changedMeanwhile() {
            return Failure.withoutAnswer(
                    FailureKind.IN_DOUBT,
                    "changed_meanwhile",
                    "operation " + operation.key() + " was not sent: its row in the ledger was changed meanwhile");
        }
    }

    Outcome<OperationKey> send(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
        Attempt attempt = new Attempt(operation, before, session);
        return operation.kind().isNote()
                ? notes.send(operation, Objects.requireNonNullElse(attempt.reference, ""), session, () -> send(attempt))
                : send(attempt);
    }

    private Outcome<OperationKey> send(Attempt attempt) {
        Operation operation = attempt.operation;
        Answer<Operation.Sent> answer =
                operation.send(client, attempt, Objects.requireNonNullElse(attempt.reference, ""));
        Instant ended = clock.instant();
        if (answer instanceof Answer.Ok<Operation.Sent> ok) {
            return sent(ok, ended, attempt);
        }
        Failure failure = ((Answer.Failed<Operation.Sent>) answer).failure();
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

    private Outcome<OperationKey> sent(Answer.Ok<Operation.Sent> answer, Instant ended, Attempt attempt) {
        Operation operation = attempt.operation;
        LedgerEntry entry = attempt.claimed().orElseThrow();
        Conversation seen = answer.value().conversation();
        LedgerSession session = attempt.session;
        session.saw(seen);
        String remoteId = answer.value().remoteId();
        Optional<Failure> stop = Optional.empty();
        if (operation.kind().isNote() && seen != null) {
            Finding own = operation.find(seen, entry);
            remoteId = own instanceof Finding.There there ? there.partId() : null;
            stop = notes.whyNoFurtherNote(operation, entry, own, seen, session);
        }
        session.ended(Settlement.done(entry, ended, answer.httpStatus(), remoteId));
        return stop.isPresent()
                ? new Outcome.Failed<>(operation.kind(), stop.get())
                : new Outcome.Done<>(operation.key());
    }

    private static LedgerState stateAfter(FailureKind kind) {
        return switch (kind) {
            case IN_DOUBT -> LedgerState.IN_DOUBT;
            case NOT_FOUND, REFUSED -> LedgerState.REFUSED;
            case NOT_SENT, STOPS_THE_RUN -> LedgerState.NOT_SENT;
        };
    }
}
