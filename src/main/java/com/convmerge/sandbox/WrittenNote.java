package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An internal note that was really written, whatever any call was answered.
 *
 * @param note the note as the conversation has it
 * @param call the call that wrote it, or null if a teammate wrote it in the inbox
 */
public record WrittenNote(PartView note, @Nullable Arrival call) {
    /** The call that wrote the note, or empty if a teammate wrote it in the inbox. */
    public Optional<Arrival> byCall() {
        return Optional.ofNullable(call);
    }

    /** When the call arrived, or when the note was written if no call wrote it. */
    public Instant arrivedAt() {
        return call == null ? writtenAt() : call.at();
    }

    /** When the note was written, which may be long after the call arrived. */
    public Instant writtenAt() {
        return note.createdAt();
    }
}
