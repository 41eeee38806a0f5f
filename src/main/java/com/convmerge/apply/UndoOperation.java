package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.time.Instant;
import java.util.Optional;

/** One change that takes back what a merge did to a duplicate. Repeating it changes nothing. */
sealed interface UndoOperation extends Operation {
    @Override
    Long requestId();

    /** Snoozes a duplicate that was snoozed before the merge, until the same time. */
    record SnoozeAgain(Long requestId, ConversationId conversation, Workspace workspace, Instant until)
            implements UndoOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.SNOOZE;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return seen.isSnoozed();
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.snooze(conversation, workspace.adminId(), departure, until)
                    .map(Sent::conversation);
        }
    }

    /** Takes off the tag that the merge has put on. */
    record Untag(Long requestId, ConversationId conversation, Workspace workspace, String tagId)
            implements UndoOperation {
        /** Intercom's code for a conversation that does not have the tag. */
        private static final String NOT_THERE = "tag_not_found";

        @Override
        public OperationKind kind() {
            return OperationKind.UNTAG;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return !seen.hasTag(tagId);
        }

        /** A tag that is not there is what was wanted. */
        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            Answer<Sent> answer = client.untag(conversation, workspace.adminId(), departure, tagId)
                    .map(tag -> new Sent(tag, null));
            return answer instanceof Answer.Failed<Sent> failed
                            && failed.failure().kind() == FailureKind.NOT_FOUND
                            && failed.failure().code().equals(NOT_THERE)
                    ? new Answer.Ok<>(new Sent(tagId, null), 404)
                    : answer;
        }

        @Override
        public Optional<String> whyNotShown(Sent answer) {
            return Optional.empty();
        }
    }

    /** Takes the words out of the note that the merge has written. The part itself stays. */
    record Redact(Long requestId, ConversationId conversation, String partId, String noteReference)
            implements UndoOperation {
        @Override
        public OperationKind kind() {
            return OperationKind.REDACT;
        }

        @Override
        public boolean isSatisfiedBy(Conversation seen) {
            return seen.parts().stream()
                    .anyMatch(part -> part.id().equals(partId)
                            && (part.body() == null
                                    || !PlainText.of(part.body()).shows(noteReference)));
        }

        @Override
        public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
            return client.redact(conversation, departure, partId).map(Sent::conversation);
        }

        @Override
        public Optional<String> whyNotShown(Sent answer) {
            Conversation seen = answer.conversation();
            return seen == null || isSatisfiedBy(seen)
                    ? Optional.empty()
                    : Optional.of("Intercom accepted it, but shows the note with its words");
        }
    }
}
