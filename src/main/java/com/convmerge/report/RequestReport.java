package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import com.convmerge.retries.RetryEntry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its status, as the tables contain it.
 *
 * @param survivor null until it was resolved
 * @param retry its row in the retry table; null if it has none
 */
public record RequestReport(
        long id,
        @JsonProperty("parent_conversation_id") String parent,
        @JsonProperty("duplicate_conversation_id") String duplicate,

        @JsonProperty("survivor_conversation_id") @Nullable String survivor,

        @Nullable String externalRef,
        RequestStatus status,
        @JsonProperty("status_detail") @Nullable String detail,
        @JsonIgnore @Nullable RetryEntry retry) {

    /** When the request is tried again; null if it does not wait for another try. */
    @Nullable
    Instant nextAttemptAt() {
        return retry == null ? null : retry.nextAttemptAt();
    }

    /** Whether it goes into another conversation than the parent that was asked for. */
    boolean isByWayOfParent() {
        return survivor != null && !survivor.equals(parent);
    }
}
