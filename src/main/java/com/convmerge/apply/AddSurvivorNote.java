package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;

/**
 * Adds the internal note to a survivor that lists what was merged into it, or what of that was taken back.
 *
 * @param kind SURVIVOR_NOTE or UNDO_SURVIVOR_NOTE
 * @param merges what it lists, as far as that is written down
 */
record AddSurvivorNote(
        OperationKind kind,
        OperationKey key,
        ConversationId conversation,
        SurvivorNoteMerges merges,
        Workspace workspace,
        NoteTexts texts)
        implements NoteOperation {
    @Override
    public boolean writeAlongsideClaim() {
        return merges.assign();
    }

    @Override
    public NoteSearch noteSearch() {
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
                        () -> kind == OperationKind.SURVIVOR_NOTE
                                ? texts.onSurvivor(merges.listed(), workspace, reference)
                                : texts.onSurvivorOfUndone(merges.listed(), workspace, reference))
                .map(Sent::conversation);
    }
}
