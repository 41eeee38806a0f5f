package com.convmerge.merge;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as it is listed. Its components have the names of the table.
 *
 * @param id its number
 * @param added requests that it added
 * @param alreadyThere rows whose request was there before
 * @param undoneAt when it was taken back; null if it was not
 * @param takenBack how many of its requests were deleted then; null if it was not taken back
 * @param requests how many of its requests have each status now
 */
public record ImportEntry(
        long id,
        String fileName,
        Instant importedAt,
        long added,
        long alreadyThere,
        @Nullable Instant undoneAt,
        @Nullable Long takenBack,
        Map<RequestStatus, Long> requests) {}
