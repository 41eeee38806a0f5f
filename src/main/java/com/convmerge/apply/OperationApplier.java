package com.convmerge.apply;

import com.convmerge.apply.InDoubtResolver.Finding;
import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Result;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does one operation once: claims it in the ledger, sends it, writes down how it ended, and looks where that is in doubt. */
final class OperationApplier {
    /** How often an operation is sent in one go if it turns out each time that it did not happen. */
    private static final int SENDS = 2;

    /**
     * How long after its claim a call may still have been under way: it waits for the rate limit and for a 429 or two, and then
     * for its answer. An effect that late is not settled earlier than that.
     */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final IntercomClient conversations;
    private final InDoubtResolver lookBack;
    private final NoteReferences references;
    private final Clock clock;

    OperationApplier(
            Ledger ledger,
            IntercomClient conversations,
            InDoubtResolver lookBack,
            NoteReferences references,
            Clock clock) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.lookBack = lookBack;
        this.references = references;
        this.clock = clock;
    }

    /** Does what is left to do of {@code planned}; empty if nothing is left now. */
    Optional<Failure> apply(PlannedOperation planned, Hand hand) {
        LedgerEntry entry = hand.entry(planned.operation());
        if (entry != null && entry.state().isSettled()) {
            return Optional.empty();
        }
        if (entry != null && entry.state().isOpen()) {
            LedgerEntry open = entry.state() == LedgerState.SENT ? ledger.takeOver(entry) : entry;
            Finding finding = lookBack.look(planned, open, endedAtTheLatest(entry));
            if (!(finding instanceof Finding.NotThere notThere)) {
                return settleFound(finding, planned, open, hand);
            }
            hand.saw(notThere.conversation());
            return send(planned, hand, open);
        }
        if (!planned.operation().isNote()) {
            Answer<Conversation> seen = seen(planned, hand);
            if (seen instanceof Answer.Failed<Conversation> failed) {
                return Optional.of(failed.failure());
            }
            Conversation conversation = ((Answer.Ok<Conversation>) seen).value();
            if (planned.isNeedless(conversation)) {
                Claim claim = planned.claim(null, conversation);
                hand.owe(() -> ledger.notNeeded(claim));
                return Optional.empty();
            }
        }
        return send(planned, hand, entry);
    }

    /** Writes what is owed to the ledger. */
    void finish(Hand hand) {
        if (hand.owes()) {
            ledger.together(() -> {
                hand.pay();
                return true;
            });
        }
    }

    private Optional<Failure> send(PlannedOperation planned, Hand hand, @Nullable LedgerEntry before) {
        LedgerEntry entry = before;
        Failure last = elsewhere(planned);
        for (int sends = 0; sends < SENDS; sends++) {
            Optional<LedgerEntry> claimed = claim(planned, hand, entry);
            if (claimed.isEmpty()) {
                return Optional.of(elsewhere(planned));
            }
            Answer<PlannedOperation.Sent> answer = planned.call().apply(reference(claimed.get()));
            if (answer instanceof Answer.Ok<PlannedOperation.Sent> ok) {
                Result done = Result.done(ok.httpStatus(), ok.value().remoteId());
                hand.saw(ok.value().conversation());
                hand.owe(() -> ledger.settle(claimed.get(), done));
                return Optional.empty();
            }
            last = ((Answer.Failed<PlannedOperation.Sent>) answer).failure();
            entry = ledger.settle(claimed.get(), Result.failed(stateAfter(last.kind()), last));
            if (last.kind() != FailureKind.IN_DOUBT) {
                return Optional.of(last);
            }
            Finding finding = lookBack.look(planned, entry, clock.instant());
            if (!(finding instanceof Finding.NotThere)) {
                return settleFound(finding, planned, entry, hand);
            }
            if (planned.operation().isNote() && Intercom.isTimedOut(last)) {
                // It may be written yet. The next try, a quarter of an hour later, looks again before it sends.
                return Optional.of(last);
            }
        }
        return Optional.of(last);
    }

    /** When the call of an earlier run had ended; of that run only the claim is known. */
    private Instant endedAtTheLatest(LedgerEntry entry) {
        Instant latest = entry.lastSentAt().plus(LONGEST_CALL);
        Instant now = clock.instant();
        return latest.isBefore(now) ? latest : now;
    }

    private Optional<LedgerEntry> claim(PlannedOperation planned, Hand hand, @Nullable LedgerEntry before) {
        return ledger.together(() -> {
            hand.pay();
            return before == null
                    ? ledger.claim(planned.claim(planned.operation().isNote() ? references.next() : null, hand.seen()))
                    : ledger.claimAgain(before, planned.claim(before.reference(), hand.seen()));
        });
    }

    private Optional<Failure> settleFound(Finding finding, PlannedOperation planned, LedgerEntry entry, Hand hand) {
        if (finding instanceof Finding.There there) {
            hand.saw(there.conversation());
            String remoteId = remoteId(there.conversation(), entry, planned);
            hand.owe(() -> ledger.settle(entry, Result.done(null, remoteId)));
            return Optional.empty();
        }
        Failure failure = ((Finding.Unknown) finding).failure();
        // The look failed in passing, and with it the question stays open: not sent would be a guess.
        return Optional.of(failure.kind() == FailureKind.NOT_SENT ? failure.as(FailureKind.IN_DOUBT) : failure);
    }

    /** The conversation as it was seen in this hand, or else as it is now. */
    private Answer<Conversation> seen(PlannedOperation planned, Hand hand) {
        Conversation seen = hand.seen();
        if (seen != null) {
            return new Answer.Ok<>(seen, 200);
        }
        Answer<Conversation> answer = conversations.read(planned.conversation());
        if (answer instanceof Answer.Ok<Conversation> ok) {
            hand.saw(ok.value());
            return answer;
        }
        Failure failure = ((Answer.Failed<Conversation>) answer).failure();
        // A read leaves nothing in doubt.
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
        return entry.reference() == null ? "" : entry.reference();
    }

    private static @Nullable String remoteId(Conversation seen, LedgerEntry entry, PlannedOperation planned) {
        if (planned.operation().isNote() && entry.reference() != null) {
            return seen.partWith(entry.reference()).map(Conversation.Part::id).orElse(null);
        }
        return null;
    }

    private static Failure elsewhere(PlannedOperation planned) {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN,
                "claimed_elsewhere",
                "operation " + planned.key()
                        + " was claimed by another run, which should not be: is convmerge running twice"
                        + " on this database?");
    }
}
