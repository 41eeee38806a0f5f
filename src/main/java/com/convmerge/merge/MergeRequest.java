package com.convmerge.merge;

import org.jspecify.annotations.Nullable;

/**
 * A request to merge {@code duplicate} into {@code parent}.
 *
 * @param survivor the parent after chains, where the note links to
 * @param reason why, in the words of who asked; plain text
 * @param requestedBy who asked
 * @param externalRef the caller's own id of the request
 */
public record MergeRequest(
        long id,
        ConversationId parent,
        ConversationId duplicate,
        ConversationId survivor,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable String externalRef) {

    /** Whether the parent that was asked for has itself been merged, or will be. */
    public boolean isByWayOfParent() {
        return !survivor.equals(parent);
    }
}
