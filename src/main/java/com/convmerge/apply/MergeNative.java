package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.Whereabouts;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerState;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges a duplicate into its survivor by Intercom's own merge, which cannot be taken back. Repeating it for the same pair changes
 * nothing: Intercom answers that the duplicate has already been merged.
 *
 * @param isStillAsked whether the request's row still says the same, asked in the transaction of the claim
 * @param wasInDoubt whether an earlier call for this very pair may have had its effect
 */
record MergeNative(MergeRequest request, BooleanSupplier isStillAsked, boolean wasInDoubt) implements Operation {
    private static final int FORBIDDEN = 403;

    /** The parts that a merge writes have types such as {@code merged_primary_conversation}. */
    private static final String MERGED = "merged";

    @Override
    public OperationKind kind() {
        return OperationKind.MERGE_NATIVE;
    }

    @Override
    public Long requestId() {
        return request.id();
    }

    @Override
    public ConversationId conversation() {
        return request.duplicate();
    }

    @Override
    public boolean writeAlongsideClaim() {
        return isStillAsked.getAsBoolean();
    }

    /** The ledger must say after a crash which pair it was. */
    @Override
    public Claim claim(
            @Nullable LedgerEntry previous,
            @Nullable String reference,
            @Nullable Conversation before,
            long executionId) {
        return Operation.super.claim(previous, request.survivor().value(), before, executionId);
    }

    @Override
    public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
        Answer<Conversation> answer = client.mergeNative(request.duplicate(), request.survivor(), departure);
        return answer instanceof Answer.Failed<Conversation> failed
                ? failed(failed.failure(), client)
                : answer.map(primary -> isPartOfMergeIn(primary) ? merged() : new Sent(null, null));
    }

    @Override
    public Optional<String> whyNotShown(Sent answer) {
        return answer.remoteId() == null
                ? Optional.of("Intercom accepted it, but its answer does not show that anything was merged")
                : Optional.empty();
    }

    private Sent merged() {
        return new Sent(request.survivor().value(), null);
    }

    private static boolean isPartOfMergeIn(Conversation seen) {
        return seen.parts().stream().anyMatch(MergeNative::isOfMerge);
    }

    /** Whether a part was written by a merge of Intercom. */
    static boolean isOfMerge(Conversation.Part part) {
        return part.type().startsWith(MERGED);
    }

    private Answer<Sent> failed(Failure failure, IntercomClient client) {
        boolean isAlreadyMerged = isAlreadyMerged(failure.code(), failure.message());
        if (isAlreadyMerged && wasInDoubt) {
            return new Answer.Ok<>(merged(), Objects.requireNonNull(failure.httpStatus()));
        }
        if (isAlreadyMerged) {
            return new Answer.Failed<>(explained(
                    failure,
                    "; that was not done for this request, and Intercom does not say into which conversation: look at it in"
                            + " the inbox"));
        }
        if (Integer.valueOf(FORBIDDEN).equals(failure.httpStatus())) {
            return new Answer.Failed<>(forbidden(failure, client));
        }
        return new Answer.Failed<>(isInDoubt(failure, client) ? failure.as(FailureKind.IN_DOUBT) : failure);
    }

    /** What an earlier call may have done is still not known; and a 404 that a read contradicts says nothing about this one. */
    private boolean isInDoubt(Failure failure, IntercomClient client) {
        return switch (failure.kind()) {
            case NOT_SENT -> wasInDoubt && !Gate.isWithdrawn(failure);
            case NOT_FOUND -> wasInDoubt || !isGone(client);
            case IN_DOUBT, REFUSED, STOPS_THE_RUN -> false;
        };
    }

    private boolean isGone(IntercomClient client) {
        return client.whereIs(request.duplicate()) instanceof Answer.Failed<Whereabouts> failed
                && failed.failure().kind() == FailureKind.NOT_FOUND;
    }

    /** If the duplicate can be read, the token is good, and only this call needs a right that it lacks. */
    private Failure forbidden(Failure failure, IntercomClient client) {
        Answer<Conversation> read = client.read(request.duplicate());
        if (read instanceof Answer.Ok<Conversation>) {
            return explained(
                    failure.as(FailureKind.REFUSED),
                    "; other calls for it are allowed, so this one alone is refused: to merge a ticket, the token needs the"
                            + " scope write_tickets");
        }
        Failure unread = ((Answer.Failed<Conversation>) read).failure();
        return unread.kind() == FailureKind.STOPS_THE_RUN ? unread : failure;
    }

    private static Failure explained(Failure failure, String more) {
        return new Failure(
                failure.kind(),
                failure.httpStatus(),
                failure.code(),
                failure.message() + more,
                failure.intercomRequestId());
    }

    private static boolean isAlreadyMerged(String code, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return code.equals("merge_failed") && words.contains("already") && words.contains(MERGED);
    }

    /**
     * Whether Intercom refuses to merge this pair, whoever asks and whenever, so that it can be closed and linked instead. A right that
     * the token lacks can be given to it, and what is merged already is not to be merged into another conversation, too.
     */
    static boolean isRefusedForGood(Failure failure) {
        Integer status = failure.httpStatus();
        return failure.kind() == FailureKind.REFUSED
                && status != null
                && status != FORBIDDEN
                && !isAlreadyMerged(failure.code(), failure.message());
    }

    /** Whether the ledger says so of an earlier try. */
    static boolean isRefusedForGood(LedgerEntry entry) {
        return entry.state() == LedgerState.REFUSED
                && isRefusedForGood(new Failure(
                        FailureKind.REFUSED,
                        entry.httpStatus(),
                        Objects.requireNonNullElse(entry.code(), ""),
                        Objects.requireNonNullElse(entry.message(), ""),
                        entry.intercomRequestId()));
    }
}
