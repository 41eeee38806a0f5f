package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One change of one conversation at Intercom, which is made once. */
sealed interface Operation
        permits NoteOperation, MergeNative, Operation.AddTag, Operation.Close, Operation.Reopen, UndoOperation {
    /** Its key in the ledger. */
    default OperationKey key() {
        return OperationKey.ofRequest(Objects.requireNonNull(requestId()), kind());
    }

    OperationKind kind();

    /** The request that it belongs to; null for an operation on a survivor. */
    default @Nullable Long requestId() {
        return null;
    }

    /** The conversation that it changes. */
    ConversationId conversation();

    /** Whether {@code seen} is as the operation would make it. A note is never there before it was sent. */
    default boolean isSatisfiedBy(Conversation seen) {
        return false;
    }

    /** Whether {@code seen} shows that the operation, which {@code entry} says was sent, has happened. */
    default Finding find(Conversation seen, LedgerEntry entry) {
        if (!seen.id().equals(conversation().value())) {
            return Finding.unknown("the answer is about conversation " + seen.id());
        }
        return isSatisfiedBy(seen) ? new Finding.There(seen, null) : new Finding.NotThere(seen);
    }

    /** How a note is recognised; empty for an operation that is not a note. */
    default Optional<NoteSearch> search() {
        return Optional.empty();
    }

    /**
     * Writes, in the transaction of the claim, what else must be known about the operation after a crash; false if there is nothing
     * left to send.
     */
    default boolean writeAlongsideClaim() {
        return true;
    }

    /**
     * Makes the call.
     *
     * @param departure claims the operation when its turn has come
     * @param reference the text that a note shows; unused otherwise
     */
    Answer<Sent> send(IntercomClient client, Departure departure, String reference);

    /** Why the answer to the call does not show its effect, in words for a support lead; empty if it shows it. */
    default Optional<String> whyNotShown(Sent answer) {
        Conversation seen = answer.conversation();
        return seen == null || isSatisfiedBy(seen)
                ? Optional.empty()
                : Optional.of("Intercom accepted it, but shows the conversation as " + seen.state()
                        + ": something there, such as a workflow, may have changed it back");
    }

    /** The claim that precedes its call. */
    default Claim claim(
            @Nullable LedgerEntry previous,
            @Nullable String reference,
            @Nullable Conversation before,
            long executionId) {
        return new Claim(
                previous == null ? key() : previous.key(),
                kind(),
                requestId(),
                conversation(),
                previous,
                reference,
                before == null ? null : before.state(),
                before == null ? null : before.snoozedUntil(),
                executionId);
    }

    /**
     * Adds the internal note to a duplicate, with the link to the survivor.
     *
     * @param snoozedUntil until when the duplicate is snoozed; null if it is not, or nobody knows
     * @param isStillAsked whether the request's row still says the same, asked in the transaction of the claim
     */
    record AddNote(
            MergeRequest request,
            Workspace workspace,
            NoteTexts texts,
            @Nullable Instant snoozedUntil,
            BooleanSupplier isStillAsked)
            implements NoteOperation {
        @Override
        public Claim claim(
                @Nullable LedgerEntry previous,
                @Nullable String reference,
                @Nullable Conversation before,
                long executionId) {
            Claim claim = NoteOperation.super.claim(previous, reference, before, executionId);
            return claim.snoozedUntil() == null ? claim.snoozedUntil(snoozedUntil) : claim;
        }

        @Override
        public OperationKind kind() {
            return OperationKind.NOTE;
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

        @Override
        public NoteSearch noteSearch() {
            return new NoteSearch(kind(), workspace.adminId(), List.of(request.survivor()));
        }

        /** Whether a note of ours links to other conversations than this one would. */
        boolean isAboutAnotherMerge(PlainText note) {
            return !note.names(request.survivor()) && !note.names(request.parent()) && note.namesAnyConversation();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.note(
                            request.duplicate(),
                            workspace.adminId(),
                            departure,
                            () -> texts.onDuplicate(request, workspace, reference))
                    .map(Sent::conversation);
        }
    }

    /** Tags a duplicate. Repeating it changes nothing. */
    record AddTag(Long requestId, ConversationId conversation, Workspace workspace) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.TAG;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return seen.hasTag(workspace.tagId());
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.tag(conversation, workspace.adminId(), departure, workspace.tagId())
                    .map(tagId -> new Sent(tagId, null));
        }

        @Override
        public Optional<String> whyNotShown(Sent answer) {
            return workspace.tagId().equals(answer.remoteId())
                    ? Optional.empty()
                    : Optional.of("Intercom accepted it, but answered with the tag " + answer.remoteId());
        }
    }

    /** Closes a duplicate without a message to the customer. Repeating it changes nothing. */
    record Close(Long requestId, ConversationId conversation, Workspace workspace) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.CLOSE;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return seen.isClosed();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.close(conversation, workspace.adminId(), departure).map(Sent::conversation);
        }
    }

    /**
     * Opens a closed survivor before duplicates are merged into it, or a duplicate whose merge is taken back. Repeating it changes
     * nothing.
     */
    record Reopen(OperationKey key, @Nullable Long requestId, ConversationId conversation, Workspace workspace)
            implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.REOPEN;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return !seen.isClosed();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.open(conversation, workspace.adminId(), departure).map(Sent::conversation);
        }
    }
}
