package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeEdge;
import java.util.Optional;

/**
 * A row of the input table as somebody wrote it: nothing in it was checked yet.
 *
 * @param reasonLength in characters
 * @param requestedByLength in characters
 */
record RequestRow(
        long id,
        String parent,
        String duplicate,
        int reasonLength,
        int requestedByLength,
        MergeEdge.Standing standing) {
    /** In characters; a note must stay readable. */
    static final int LONGEST_REASON = 2_000;

    /** In characters. */
    static final int LONGEST_REQUESTED_BY = 255;

    /** In characters; the table takes no more. */
    static final int LONGEST_EXTERNAL_REF = 255;

    /** Why the request cannot be done, in words for the report; empty if nothing is wrong with it. */
    Optional<String> fault() {
        return ConversationId.fault(parent)
                .map(fault -> "parent_conversation_id " + fault)
                .or(() -> ConversationId.fault(duplicate).map(fault -> "duplicate_conversation_id " + fault))
                .or(() -> tooLong("reason", reasonLength, LONGEST_REASON))
                .or(() -> tooLong("requested_by", requestedByLength, LONGEST_REQUESTED_BY));
    }

    MergeEdge pair() {
        return new MergeEdge(id, Long.parseLong(parent), Long.parseLong(duplicate), standing);
    }

    static Optional<String> tooLong(String column, int length, int longest) {
        return length <= longest
                ? Optional.empty()
                : Optional.of(column + " has " + length + " characters; at most " + longest + " are accepted");
    }
}
