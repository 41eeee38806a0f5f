package com.convmerge.merge;

import org.jspecify.annotations.Nullable;

/** A merge request as somebody wrote it. Nothing in it has been checked. */
public record NewRequest(
        String parent,
        String duplicate,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable String externalRef) {

    /** Whether both name the same parent and the same duplicate. */
    public boolean isSamePairAs(NewRequest other) {
        return parent.equals(other.parent) && duplicate.equals(other.duplicate);
    }
}
