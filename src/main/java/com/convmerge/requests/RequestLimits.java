package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Strategy;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request must be like to be carried out. Lengths are in characters. */
public final class RequestLimits {
    /** A note must stay readable. */
    public static final int LONGEST_REASON = 2_000;

    public static final int LONGEST_REQUESTED_BY = 255;

    /** The width of the column. */
    public static final int LONGEST_EXTERNAL_REF = 255;

    private RequestLimits() {}

    /** Why a request cannot be carried out, as the report shows it; empty if nothing is wrong with it. */
    static Optional<String> error(
            String parent, String duplicate, int reasonLength, int requestedByLength, @Nullable String strategy) {
        return ConversationId.fault(parent)
                .map(fault -> "parent_conversation_id " + fault)
                .or(() -> ConversationId.fault(duplicate).map(fault -> "duplicate_conversation_id " + fault))
                .or(() -> tooLong("reason", reasonLength, LONGEST_REASON))
                .or(() -> tooLong("requested_by", requestedByLength, LONGEST_REQUESTED_BY))
                .or(() ->
                        Strategy.fault(Objects.requireNonNullElse(strategy, "")).map(fault -> "strategy " + fault));
    }

    /** The message for a text that is too long; empty if it is not. */
    public static Optional<String> tooLong(String column, int length, int longest) {
        return length <= longest
                ? Optional.empty()
                : Optional.of(column + " has " + length + " characters; at most " + longest + " are accepted");
    }
}
