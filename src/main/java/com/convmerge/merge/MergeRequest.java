package com.convmerge.merge;

import org.jspecify.annotations.Nullable;

/**
 * A request to merge {@code duplicate} into {@code parent}.
 *
 * @param survivor the parent after chains, where the note links to
 * @param reason why, in the words of who asked; plain text
 * @param requestedBy who asked
 * @param externalRef the caller's own id of the request
 * @param strategy how it is to be merged, or was; null for what the settings say
 */
public record MergeRequest(
        long id,
        ConversationId parent,
        ConversationId duplicate,
        ConversationId survivor,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable String externalRef,
        @Nullable Strategy strategy) {
    /** A request that leaves it to the settings how it is merged. */
    public MergeRequest(
            long id,
            ConversationId parent,
            ConversationId duplicate,
            ConversationId survivor,
            @Nullable String reason,
            @Nullable String requestedBy,
            @Nullable String externalRef) {
        this(id, parent, duplicate, survivor, reason, requestedBy, externalRef, null);
    }

    /** Whether the parent that was asked for has itself been merged, or will be. */
    public boolean isByWayOfParent() {
        return !survivor.equals(parent);
    }

    /** How it is to be merged, where the settings say {@code otherwise}. */
    public Strategy strategyOr(Strategy otherwise) {
        return strategy == null ? otherwise : strategy;
    }

    /** The same request with this strategy. */
    public MergeRequest by(Strategy other) {
        return new MergeRequest(id, parent, duplicate, survivor, reason, requestedBy, externalRef, other);
    }
}
