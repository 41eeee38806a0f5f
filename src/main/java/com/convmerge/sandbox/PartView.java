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
 */
public record PartView(
        String id,
        String partType,
        @Nullable String body,
        AuthorView author,
        Instant createdAt,
        String state,
        @Nullable AssigneeView assignedTo) {

    /** The id of who wrote it. */
    public String authorId() {
        return author.id();
    }

    /** What kind of author wrote it: admin, user or bot. */
    public String authorType() {
        return author.type();
    }

    /** Says whether the customer gets to read this part: it has a body and is not an internal note. */
    public boolean isVisibleToCustomer() {
        return body != null && !partType.equals("note");
    }

    PartView assigning(@Nullable AssigneeView assignee) {
        return new PartView(id, partType, body, author, createdAt, state, assignee);
    }
}
