package com.convmerge.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One part of a conversation.
 *
 * @param partType such as note, comment, close, open, snoozed, assignment
 * @param body HTML as Intercom would store it, or null
 * @param state the conversation's state after this part
 * @param assignedTo whom this part assigned the conversation to, or null
 * @param redactedAt when its words were deleted, or null
 */
public record PartView(
        String id,
        String partType,
        @Nullable String body,
        AuthorView author,
        Instant createdAt,
        String state,
        @Nullable Assignee assignedTo,
        @Nullable Instant redactedAt) {
    /**
     * The teammate or team that a conversation is assigned to.
     *
     * @param type admin or team
     */
    record Assignee(String type, String id) {}

    /** The same part with other words in place of those that were deleted. */
    PartView redacted(String words, Instant at) {
        return new PartView(id, partType, words, author, createdAt, state, assignedTo, at);
    }
}
