package com.convmerge.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the parts of conversations and remembers who wrote which note. Not thread-safe: the workspace's lock guards it. */
final class Parts {
    private final Effects effects;
    private final int noteHiddenForReads;
    private final Duration noteHiddenFor;
    private final Map<String, List<WrittenNote>> notes = new HashMap<>();

    Parts(SandboxBuilder setup, Effects effects) {
        this.effects = effects;
        noteHiddenForReads = setup.noteHiddenForReads;
        noteHiddenFor = setup.noteHiddenFor;
    }

    PartView add(SandboxConversation to, String type, @Nullable String body, AuthorView author) {
        return add(to, type, body, author, null);
    }

    PartView add(
            SandboxConversation to,
            String type,
            @Nullable String body,
            AuthorView author,
            PartView.@Nullable Assignee assignee) {
        PartView part = new PartView(
                effects.nextPartId(), type, body, author, effects.now(), to.state(effects.now()), assignee, null);
        to.addPart(part);
        if (type.equals("note") && !effects.isPreview()) {
            notes.computeIfAbsent(to.id, id -> new ArrayList<>()).add(new WrittenNote(part, effects.call()));
        }
        return part;
    }

    /** The notes that were written to a conversation, in the order in which they were written. */
    List<WrittenNote> notesOf(String conversation) {
        return List.copyOf(notes.getOrDefault(conversation, List.of()));
    }

    /** Adds a note that reads do not show for as long as the settings say. */
    void addNote(SandboxConversation to, String body, AuthorView author) {
        PartView note = add(to, "note", body, author);
        to.hide(note, noteHiddenForReads, note.createdAt().plus(noteHiddenFor));
    }
}
