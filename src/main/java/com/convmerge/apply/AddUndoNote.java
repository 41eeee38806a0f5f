package com.convmerge.apply;

import com.convmerge.intercom.Answer;
import com.convmerge.intercom.Departure;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import java.util.List;

/**
 * Adds the internal note to a duplicate that says that its merge was taken back.
 *
 * @param request with the reason of the undo, and who wants it
 */
record AddUndoNote(MergeRequest request, Workspace workspace, NoteTexts texts) implements NoteOperation {
    @Override
    public OperationKind kind() {
        return OperationKind.UNDO_NOTE;
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
    public NoteSearch noteSearch() {
        return new NoteSearch(kind(), workspace.adminId(), List.of(request.survivor()));
    }

    @Override
    public Answer<Sent> send(IntercomClient client, Departure departure, String reference) {
        return client.note(
                        request.duplicate(),
                        workspace.adminId(),
                        departure,
                        () -> texts.onUndone(request, workspace, reference))
                .map(Sent::conversation);
    }
}
