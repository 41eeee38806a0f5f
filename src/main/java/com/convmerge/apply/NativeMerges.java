package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Whereabouts;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes Intercom's own merge of a duplicate happen once. What is in doubt is looked for: no document says how a conversation reads that
 * was merged away, so each way that there is counts.
 */
record NativeMerges(OperationApplier operations) {
    /** How far Intercom's clock may be from ours when the times of parts are compared with the time of a claim. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    /** Whether a merge was sent that has happened, or may have: then it is finished in this way, whatever the row says by now. */
    static boolean isBegun(LedgerSession session) {
        LedgerEntry merge = session.entry(OperationKind.MERGE_NATIVE);
        return merge != null && (merge.state().isOpen() || merge.state().isSettled());
    }

    /** Whether a request is to be merged in this way. What was begun in the other way is finished in that one. */
    static boolean isNext(Strategy strategy, LedgerSession session) {
        LedgerEntry merge = session.entry(OperationKind.MERGE_NATIVE);
        boolean isRefused =
                strategy == Strategy.NATIVE_THEN_LINK && merge != null && MergeNative.isRefusedForGood(merge);
        return isBegun(session) || strategy.isNative() && session.entry(OperationKind.CLOSE) == null && !isRefused;
    }

    /** Does what is left to do of the merge of {@code request}. */
    Outcome<OperationKey> apply(MergeRequest request, BooleanSupplier isStillAsked, LedgerSession session) {
        LedgerEntry entry = session.entry(OperationKind.MERGE_NATIVE);
        if (entry != null && isBegun(session)) {
            String into = entry.reference();
            if (!request.survivor().value().equals(into)) {
                return new Outcome.Failed<>(OperationKind.MERGE_NATIVE, mergedElsewhere(request, into));
            }
            return entry.state().isSettled()
                    ? new Outcome.Done<>(entry.key())
                    : resolve(request, isStillAsked, entry, session);
        }
        MergeNative merge = new MergeNative(request, isStillAsked, false);
        return unlessShown(merge, operations.sender().send(merge, entry, session), session);
    }

    /** An answer that does not show the merge is compared at once with what a read shows. */
    private Outcome<OperationKey> unlessShown(MergeNative merge, Outcome<OperationKey> sent, LedgerSession session) {
        boolean isNotShown = sent instanceof Outcome.InDoubt<OperationKey> open
                && open.failure().code().equals(OperationSender.NOT_SHOWN);
        Optional<LedgerEntry> inDoubt = isNotShown
                ? operations.ledger().find(merge.key()).filter(row -> row.state() == LedgerState.IN_DOUBT)
                : Optional.empty();
        return inDoubt.isPresent() && look(merge, inDoubt.get(), session) instanceof Finding.Merged
                ? found(inDoubt.get(), merge, session)
                : sent;
    }

    private Outcome<OperationKey> resolve(
            MergeRequest request, BooleanSupplier isStillAsked, LedgerEntry entry, LedgerSession session) {
        LedgerEntry inDoubt = entry.state() == LedgerState.SENT ? operations.takeOver(entry) : entry;
        Instant since = operations.ends().of(inDoubt);
        MergeNative merge = new MergeNative(request, isStillAsked, true);
        Finding finding = look(merge, inDoubt, session);
        if (finding instanceof Finding.Merged) {
            return found(inDoubt, merge, session);
        }
        if (finding instanceof Finding.Unknown unknown) {
            return OperationApplier.notLookedFor(merge, unknown.failure(), since);
        }
        if (OperationSender.NOT_SHOWN.equals(inDoubt.code()) && inDoubt.executionId() == session.executionId()) {
            return new Outcome.Failed<>(OperationKind.MERGE_NATIVE, OperationApplier.why(inDoubt));
        }
        // If the first call has its effect yet, this one is answered that the duplicate has already been merged.
        return unlessShown(merge, operations.sender().send(merge, inDoubt, session), session);
    }

    private Outcome<OperationKey> found(LedgerEntry inDoubt, MergeNative merge, LedgerSession session) {
        session.ended(Settlement.done(
                inDoubt,
                operations.clock().instant(),
                null,
                merge.request().survivor().value()));
        return new Outcome.Done<>(inDoubt.key());
    }

    private Finding look(MergeNative merge, LedgerEntry inDoubt, LedgerSession session) {
        MergeRequest request = merge.request();
        Answer<Whereabouts> answer = operations.client().whereIs(request.duplicate());
        if (answer instanceof Answer.Failed<Whereabouts> failed) {
            return failed.failure().kind() == FailureKind.NOT_FOUND
                    ? gone(request)
                    : new Finding.Unknown(failed.failure());
        }
        Whereabouts whereabouts = ((Answer.Ok<Whereabouts>) answer).value();
        if (whereabouts instanceof Whereabouts.Elsewhere elsewhere) {
            return elsewhere.conversation().equals(request.survivor().value())
                    ? new Finding.Merged()
                    : Finding.unknown("reading it leads to conversation " + elsewhere.conversation()
                            + ", and not to its survivor " + request.survivor());
        }
        Conversation seen = ((Whereabouts.Here) whereabouts).seen();
        return isMerged(seen, inDoubt, session.entry(OperationKind.NOTE))
                ? new Finding.Merged()
                : new Finding.NotThere(seen);
    }

    /** A duplicate that is not there any more was merged away, if its survivor still is: else there may be none to be seen at all. */
    private Finding gone(MergeRequest request) {
        Answer<Conversation> survivor = operations.client().read(request.survivor());
        return survivor instanceof Answer.Failed<Conversation> failed
                ? new Finding.Unknown(
                        failed.failure().kind() == FailureKind.STOPS_THE_RUN
                                ? failed.failure()
                                : failed.failure().as(FailureKind.IN_DOUBT))
                : new Finding.Merged();
    }

    /** Whether it is closed, and shows the part of a merge behind our note; or since the claim, if the note has moved along. */
    private static boolean isMerged(Conversation seen, LedgerEntry merge, @Nullable LedgerEntry note) {
        Instant since = merge.firstSentAt().minus(CLOCKS_APART);
        int noteAt = place(seen, note == null ? null : note.reference());
        return seen.isClosed()
                && seen.parts().stream()
                        .skip(noteAt + 1L)
                        .filter(MergeNative::isOfMerge)
                        .anyMatch(part -> noteAt >= 0
                                || part.createdAt() == null
                                || !part.createdAt().isBefore(since));
    }

    /** Where the note with this reference is; -1 if it is not shown. */
    private static int place(Conversation seen, @Nullable String reference) {
        return reference == null
                ? -1
                : IntStream.range(0, seen.parts().size())
                        .filter(i -> PlainText.of(seen.parts().get(i).body()).shows(reference))
                        .max()
                        .orElse(-1);
    }

    private static Failure mergedElsewhere(MergeRequest request, @Nullable String into) {
        return Failure.withoutAnswer(
                FailureKind.REFUSED,
                "merged_elsewhere",
                "conversation " + request.duplicate() + " was, or may have been, merged by Intercom into "
                        + Objects.requireNonNullElse(into, "another conversation") + ", and cannot be merged into "
                        + request.survivor() + " any more");
    }
}
