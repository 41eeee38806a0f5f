package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Conversation;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.Optional;

/**
 * Adds the internal note to a survivor that lists what was merged into it.
 *
 * @param merges what it lists, as far as that is written down
 */
record AddSurvivorNote(
        OperationKey key, ConversationId conversation, SurvivorNoteMerges merges, Workspace workspace, NoteTexts texts)
        implements Operation {
    @Override
    public OperationKind kind() {
        return OperationKind.SURVIVOR_NOTE;
    }

    @Override
    public boolean writeAlongsideClaim() {
        return merges.assign();
    }

    @Override
    public Finding find(Conversation seen, LedgerEntry entry) {
        return noteSearch().find(seen, entry);
    }

    @Override
    public Optional<NoteSearch> search() {
        return Optional.of(noteSearch());
    }

    /** Whether the answer shows the note is a question for {@link #find}. */
    @Override
    public Optional<String> whyNotShown(Sent answer) {
        return Optional.empty();
    }

    private NoteSearch noteSearch() {
        return new NoteSearch(
                kind(),
                workspace.adminId(),
                merges.listed().stream().map(MergeRequest::duplicate).toList());
    }

    @Override
    public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
        return client.note(
                        conversation,
                        workspace.adminId(),
                        departure,
                        () -> texts.onSurvivor(merges.listed(), workspace, reference))
                .map(Sent::conversation);
    }
}
