package com.convmerge.merge;

import org.jspecify.annotations.Nullable;

/**
 * A merge request as somebody wrote it. Nothing in it has been checked.
 *
 * @param strategy how it is to be merged; null for what the settings say
 */
public record NewRequest(
        String parent,
        String duplicate,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable String externalRef,
        @Nullable String strategy) {
    /** A request that leaves it to the settings how it is merged. */
    public NewRequest(
            String parent,
            String duplicate,
            @Nullable String reason,
            @Nullable String requestedBy,
            @Nullable String externalRef) {
        this(parent, duplicate, reason, requestedBy, externalRef, null);
    }

    /** Whether both name the same parent and the same duplicate. */
    public boolean isSamePairAs(NewRequest other) {
        return parent.equals(other.parent) && duplicate.equals(other.duplicate);
    }
}
