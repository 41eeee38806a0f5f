package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Claim;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One change of one conversation at Intercom, which is made once. */
sealed interface Operation {
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

    /**
     * Whether {@code seen} is as the operation would make it, or has made it: for a note, whether it shows the note's reference.
     *
     * @param reference the text by which a note is found; empty if none was sent yet
     */
    default boolean isSatisfiedBy(Conversation seen, String reference) {
        return seen.shows(reference);
    }

    /**
     * Makes the call.
     *
     * @param reference the text that a note shows; unused otherwise
     */
    Answer<Sent> send(IntercomClient client, String reference);

    /** What Intercom answered: the id of what was made, and the conversation, each as far as the answer contains it. */
    record Sent(@Nullable String remoteId, @Nullable Conversation conversation) {
        static Sent conversation(Conversation conversation) {
            return new Sent(null, conversation);
        }

        static Sent note(Conversation conversation, String reference) {
            return new Sent(
                    conversation.partWith(reference).map(Conversation.Part::id).orElse(null), conversation);
        }
    }

    /** The claim that precedes its call. */
    default Claim claim(
            @Nullable LedgerEntry previous,
            @Nullable String reference,
            @Nullable Conversation before,
            long executionId) {
        return new Claim(
                key(),
                kind(),
                requestId(),
                conversation(),
                previous,
                reference,
                before == null ? null : before.state(),
                executionId);
    }

    /** Adds the internal note to a duplicate, with the link to the survivor. */
    record AddNote(MergeRequest request, Workspace workspace, NoteTexts texts) implements Operation {
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
        public Answer<Sent> send(IntercomClient client, String reference) {
            String html = texts.onDuplicate(request, workspace, reference);
            return client.note(request.duplicate(), workspace.adminId(), html)
                    .map(answer -> Sent.note(answer, reference));
        }
    }

    /** Tags a duplicate. Repeating it changes nothing. */
    record AddTag(Long requestId, ConversationId conversation, Workspace workspace) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.TAG;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen, String reference) {
            return seen.hasTag(workspace.tagId());
        }

        @Override
        public Answer<Sent> send(IntercomClient client, String reference) {
            return client.tag(conversation, workspace.adminId(), workspace.tagId())
                    .map(tagId -> new Sent(tagId, null));
        }
    }

    /** Closes a duplicate without a message to the customer. Repeating it changes nothing. */
    record Close(Long requestId, ConversationId conversation, Workspace workspace) implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.CLOSE;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen, String reference) {
            return seen.isClosed();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, String reference) {
            return client.close(conversation, workspace.adminId()).map(Sent::conversation);
        }
    }

    /** Opens a closed survivor before duplicates are merged into it. Repeating it changes nothing. */
    record Reopen(ConversationId conversation, Workspace workspace, long executionId) implements Operation {
        @Override
        public OperationKey key() {
            return OperationKey.ofReopen(conversation, executionId);
        }

        @Override
        public OperationKind kind() {
            return OperationKind.REOPEN;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen, String reference) {
            return !seen.isClosed();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, String reference) {
            return client.open(conversation, workspace.adminId()).map(Sent::conversation);
        }
    }

    /**
     * Adds the internal note to a survivor that lists what was merged into it.
     *
     * @param merges what it lists; empty as long as it is only claimed
     */
    record AddSurvivorNote(
            OperationKey key,
            ConversationId conversation,
            List<MergeRequest> merges,
            Workspace workspace,
            NoteTexts texts)
            implements Operation {
        @Override
        public OperationKind kind() {
            return OperationKind.SURVIVOR_NOTE;
        }

        @Override
        public Answer<Sent> send(IntercomClient client, String reference) {
            String html = texts.onSurvivor(merges, workspace, reference);
            return client.note(conversation, workspace.adminId(), html).map(answer -> Sent.note(answer, reference));
        }
    }
}
