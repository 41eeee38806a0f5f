package com.convmerge.undo;

import com.convmerge.merge.MergeRequest;
import com.convmerge.requests.MergedRequests;
import org.jspecify.annotations.Nullable;

/**
 * One merge that is to be taken back, or was.
 *
 * @param requestId of the request that made the merge
 * @param by who wants it; null if nobody is named
 * @param redactsNote whether the note of the merge loses its words
 */
public record AskedUndo(
        long requestId, @Nullable String by, @Nullable String reason, boolean redactsNote) {
    /** The merge, with the reason of the undo and who wants it in the place of the merge's own: so they stand in notes. */
    public MergeRequest of(MergedRequests.Merged merged) {
        return of(merged.request());
    }

    /** The same. */
    public MergeRequest of(MergeRequest request) {
        return new MergeRequest(
                request.id(),
                request.parent(),
                request.duplicate(),
                request.survivor(),
                reason,
                by,
                request.externalRef());
    }
}
