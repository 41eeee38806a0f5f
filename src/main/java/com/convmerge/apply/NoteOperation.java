package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerEntry;
import java.util.Optional;

/** A note, which is recognised by what it says, and of which there must never be two. */
sealed interface NoteOperation extends Operation permits Operation.AddNote, AddSurvivorNote, AddUndoNote {
    /** How the note is recognised. */
    NoteSearch noteSearch();

    @Override
    default Finding find(Conversation seen, LedgerEntry entry) {
        return noteSearch().find(seen, entry);
    }

    @Override
    default Optional<NoteSearch> search() {
        return Optional.of(noteSearch());
    }

    /** Whether the answer shows the note is a question for {@link #find}. */
    @Override
    default Optional<String> whyNotShown(Sent answer) {
        return Optional.empty();
    }
}
