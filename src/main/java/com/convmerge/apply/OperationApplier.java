package com.convmerge.apply;

import com.convmerge.apply.InDoubtResolver.Finding;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one operation happen once: claims it in the ledger, sends it, writes down how it ended, and looks where that is in doubt. */
record OperationApplier(
        Ledger ledger, IntercomClient client, InDoubtResolver resolver, NoteReferences references, Clock clock) {
    /** How often an operation is sent in one go if it turns out each time that it did not happen. */
    private static final int SENDS = 2;

    /**
     * How long after its claim a call may still have been under way: it waits for the rate limit and for a 429 or two, and then
     * for its answer. An effect that late is not settled earlier than that.
     */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** Does what is left to do of {@code operation}; empty if nothing is left now. */
    Optional<Failure> apply(Operation operation, LedgerSession session) {
        LedgerEntry entry = session.entry(operation.kind());
        if (entry != null && entry.state().isSettled()) {
            return Optional.empty();
        }
        if (entry != null && entry.state().isOpen()) {
            return resolve(operation, entry, session);
        }
        if (!operation.kind().isNote()) {
            Answer<Conversation> seen = seen(operation, session);
            if (seen instanceof Answer.Failed<Conversation> failed) {
                return Optional.of(failed.failure());
            }
            Conversation conversation = ((Answer.Ok<Conversation>) seen).value();
            if (operation.isSatisfiedBy(conversation, "")) {
                session.ended(
                        new Settlement.NotNeeded(operation.claim(entry, null, conversation, session.executionId())));
                return Optional.empty();
            }
        }
        return claimAndSend(operation, entry, session);
    }

    /** Writes to the ledger what no claim has written yet. */
    void finish(LedgerSession session) {
        ledger.settle(session.takeUnwritten());
    }

    /** Looks for what may have happened, and sends it only if it did not. */
    private Optional<Failure> resolve(Operation operation, LedgerEntry found, LedgerSession session) {
        LedgerEntry inDoubt = found.state() == LedgerState.SENT ? takeOver(found) : found;
        Finding finding = resolver.look(operation, inDoubt, endedAtTheLatest(found));
        if (finding instanceof Finding.NotThere notThere) {
            session.saw(notThere.conversation());
            return claimAndSend(operation, inDoubt, session);
        }
        return settleFound(finding, operation, inDoubt, session);
    }

    private LedgerEntry takeOver(LedgerEntry entry) {
        Failure gone = Failure.withoutAnswer(
                FailureKind.IN_DOUBT, "run_ended", "the run that sent it ended before the answer");
        return settleFailed(entry, gone);
    }

    private Optional<Failure> claimAndSend(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
        Optional<LedgerEntry> claimed = claim(operation, before, session);
        return claimed.isEmpty() ? Optional.of(claimedElsewhere(operation)) : send(operation, claimed.get(), session);
    }

    /** Writes SENT, and what the session has not written yet; empty if somebody else has claimed the operation. */
    Optional<LedgerEntry> claim(Operation operation, @Nullable LedgerEntry before, LedgerSession session) {
        String reference = operation.kind().isNote() && before == null ? references.next() : null;
        return ledger.claim(
                session.takeUnwritten(), operation.claim(before, reference, session.seen(), session.executionId()));
    }

    /** Sends what is claimed, and once more if that certainly did not happen. */
    Optional<Failure> send(Operation operation, LedgerEntry claimed, LedgerSession session) {
        LedgerEntry entry = claimed;
        for (int sends = 1; ; sends++) {
            Answer<Operation.Sent> answer = operation.send(client, reference(entry));
            if (answer instanceof Answer.Ok<Operation.Sent> ok) {
                session.saw(ok.value().conversation());
                session.ended(Settlement.done(entry, ok.httpStatus(), ok.value().remoteId()));
                return Optional.empty();
            }
            Failure failure = ((Answer.Failed<Operation.Sent>) answer).failure();
            entry = settleFailed(entry, failure);
            if (failure.kind() != FailureKind.IN_DOUBT) {
                return Optional.of(failure);
            }
            Finding finding = resolver.look(operation, entry, clock.instant());
            if (!(finding instanceof Finding.NotThere)) {
                return settleFound(finding, operation, entry, session);
            }
            if (sends == SENDS || operation.kind().isNote() && Intercom.isTimedOut(failure)) {
                // After a time-out the note may still be written. The next try, a quarter of an hour later, looks
                // first.
                return Optional.of(failure);
            }
            Optional<LedgerEntry> again = claim(operation, entry, session);
            if (again.isEmpty()) {
                return Optional.of(claimedElsewhere(operation));
            }
            entry = again.get();
        }
    }

    /** When the call of an earlier run had ended at the latest; of that run only the claim is known. */
    private Instant endedAtTheLatest(LedgerEntry entry) {
        Instant latest = entry.lastSentAt().plus(LONGEST_CALL);
        Instant now = clock.instant();
        return latest.isBefore(now) ? latest : now;
    }

    private LedgerEntry settleFailed(LedgerEntry entry, Failure failure) {
        LedgerState state = stateAfter(failure.kind());
        ledger.settle(List.of(Settlement.failed(entry, state, failure)));
        return entry.in(state);
    }

    private static Optional<Failure> settleFound(
            Finding finding, Operation operation, LedgerEntry entry, LedgerSession session) {
        if (finding instanceof Finding.There there) {
            session.saw(there.conversation());
            String remoteId = operation.kind().isNote()
                    ? there.conversation()
                            .partWith(reference(entry))
                            .map(Conversation.Part::id)
                            .orElse(null)
                    : null;
            session.ended(Settlement.done(entry, null, remoteId));
            return Optional.empty();
        }
        Failure failure = ((Finding.Unknown) finding).failure();
        // The look itself failed, so the question stays open; NOT_SENT would be a guess.
        return Optional.of(failure.kind() == FailureKind.NOT_SENT ? failure.as(FailureKind.IN_DOUBT) : failure);
    }

    /** The conversation as it was seen in this session, or else as it is now. */
    private Answer<Conversation> seen(Operation operation, LedgerSession session) {
        Conversation seen = session.seen();
        if (seen != null) {
            return new Answer.Ok<>(seen, 200);
        }
        Answer<Conversation> answer = client.read(operation.conversation());
        if (answer instanceof Answer.Ok<Conversation> ok) {
            session.saw(ok.value());
            return answer;
        }
        Failure failure = ((Answer.Failed<Conversation>) answer).failure();
        // A failed read leaves nothing in doubt.
        return new Answer.Failed<>(failure.kind() == FailureKind.IN_DOUBT ? failure.as(FailureKind.NOT_SENT) : failure);
    }

    private static LedgerState stateAfter(FailureKind kind) {
        return switch (kind) {
            case IN_DOUBT -> LedgerState.IN_DOUBT;
            case NOT_FOUND, REFUSED -> LedgerState.REFUSED;
            case NOT_SENT, STOPS_THE_RUN -> LedgerState.NOT_SENT;
        };
    }

    private static String reference(LedgerEntry entry) {
        return Objects.requireNonNullElse(entry.reference(), "");
    }

    private static Failure claimedElsewhere(Operation operation) {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN,
                "claimed_elsewhere",
                "operation " + operation.key()
                        + " was claimed by another run, which should not be: is convmerge running twice"
                        + " on this database?");
    }
}
