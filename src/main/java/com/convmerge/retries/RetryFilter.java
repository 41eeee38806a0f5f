package com.convmerge.retries;

import com.convmerge.merge.FailureKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows of the retry table. Each part that is given must match.
 *
 * @param requestIds empty for all
 * @param kind null for all
 * @param code Intercom's error code, such as {@code not_found}; null for all
 * @param dropped whether it selects what an operator has dropped
 */
public record RetryFilter(
        List<Long> requestIds,
        @Nullable FailureKind kind,
        @Nullable String code,
        Dropped dropped) {
    /** What is selected of the requests that an operator has dropped, and of the others. */
    public enum Dropped {
        /** Both. */
        INCLUDED,
        /** Those that an operator has dropped. */
        ALONE,
        /** The others. */
        LEFT_OUT
    }

    /** Selects what an operator has dropped as well as the others. */
    public RetryFilter(List<Long> requestIds, @Nullable FailureKind kind, @Nullable String code) {
        this(requestIds, kind, code, Dropped.INCLUDED);
    }

    /** Whether requests are named. */
    boolean isNaming() {
        return !requestIds.isEmpty();
    }

    /** Whether requests are named, and nothing else is asked of them. */
    boolean isOnlyIds() {
        return isNaming() && kind == null && code == null && dropped == Dropped.INCLUDED;
    }

    /** The same, but for what an operator has dropped. */
    RetryFilter with(Dropped other) {
        return new RetryFilter(requestIds, kind, code, other);
    }

    /**
     * For a query with {@code (:anyId = TRUE OR request_id IN (:ids))}, and likewise for kind and code, and with
     * {@code (:dropped = TRUE OR dropped_at IS NULL) AND (:others = TRUE OR dropped_at IS NOT NULL)}.
     */
    public Map<String, ?> parameters() {
        return Map.of(
                "anyId",
                requestIds.isEmpty(),
                "ids",
                requestIds.isEmpty() ? List.of(-1L) : requestIds,
                "anyKind",
                kind == null,
                "kind",
                kind == null ? "" : kind.name(),
                "anyCode",
                code == null,
                "code",
                code == null ? "" : code,
                "dropped",
                dropped != Dropped.LEFT_OUT,
                "others",
                dropped != Dropped.ALONE);
    }
}
