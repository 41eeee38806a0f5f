package com.convmerge.retries;

import com.convmerge.merge.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the retry table are meant; each part that is given must fit.
 *
 * @param requestIds empty for all
 * @param kind null for all
 * @param code Intercom's error code, such as {@code not_found}; null for all
 */
public record RetryFilter(
        List<Long> requestIds,
        @Nullable FailureKind kind,
        @Nullable String code) {
    /** Every row. */
    public static final RetryFilter ALL = new RetryFilter(List.of(), null, null);

    public RetryFilter {
        requestIds = List.copyOf(requestIds);
    }
}
