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
 */
public record RetryFilter(
        List<Long> requestIds,
        @Nullable FailureKind kind,
        @Nullable String code) {
    /** Whether requests are named, and nothing else is asked of them. */
    boolean isOnlyIds() {
        return !requestIds.isEmpty() && kind == null && code == null;
    }

    /** For a query with {@code (:anyId = TRUE OR request_id IN (:ids))}, and likewise for kind and code. */
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
                code == null ? "" : code);
    }
}
