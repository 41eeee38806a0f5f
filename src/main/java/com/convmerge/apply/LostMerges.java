package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import java.util.Optional;

/**
 * Recognises, by what Intercom shows, that something was done of which the ledger knows nothing: the database was restored from a
 * backup, or is a replica that lacks the last commits.
 */
record LostMerges(LedgerSearch ledger) {
    /** The code of the failure that ends such a run. */
    static final String CODE = "database_older";

    /**
     * What {@code seen} shows beside a note; empty if the ledger knows all of it.
     *
     * @param reference that of the note
     */
    Optional<Failure> in(Conversation seen, Operation operation, String reference, LedgerSession session) {
        return operation
                .search()
                .flatMap(search -> search.sameOfOurs(seen, reference))
                .map(NoteSearch.Note::reference)
                .filter(other -> ledger.withReference(other).isEmpty())
                .map(other -> older(operation.conversation(), "shows a note of convmerge, ref " + other))
                .or(() -> tagIn(seen, operation, session));
    }

    /** A teammate may have tagged the conversation by hand and left it open. A run tags it in the name of our admin and closes it. */
    private Optional<Failure> tagIn(Conversation seen, Operation operation, LedgerSession session) {
        if (!(operation instanceof Operation.AddNote note) || session.entry(OperationKind.TAG) != null) {
            return Optional.empty();
        }
        Workspace workspace = note.workspace();
        String taggedBy = seen.tags().getOrDefault(workspace.tagId(), "nobody");
        boolean isOurs = seen.isClosed() && (taggedBy.equals(workspace.adminId()) || taggedBy.isEmpty());
        return isOurs && !ledger.knowsTagOf(operation.conversation())
                ? Optional.of(older(operation.conversation(), "is closed and carries our tag"))
                : Optional.empty();
    }

    private static Failure older(ConversationId conversation, String shows) {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN,
                CODE,
                "conversation " + conversation + " " + shows + ", of which the ledger knows nothing: this database is"
                        + " older than what was done (a failover, or a backup that was restored). Go on with: run --verify,"
                        + " which reads each duplicate before its first note");
    }
}
