package com.convmerge.undo;

import com.convmerge.merge.ConversationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to have taken back: all of a run, some requests, or all that went into one conversation.
 *
 * @param run null unless it is all that a run has merged
 * @param requestIds empty unless it is some requests
 * @param survivor null unless it is all that was merged into a conversation
 * @param by who wants it; null if nobody is named
 * @param redactsNotes whether the notes of the merges lose their words
 */
public record UndoOrder(
        @Nullable Long run,
        List<Long> requestIds,
        @Nullable ConversationId survivor,
        @Nullable String by,
        @Nullable String reason,
        boolean redactsNotes) {}
