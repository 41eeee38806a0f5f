package com.convmerge.report;

import com.convmerge.merge.RequestStatus;
import java.util.Map;
import java.util.Optional;

/** What is said where nobody has asked for anything yet: how to ask. */
public final class EmptyTable {
    private EmptyTable() {}

    /** How to fill the table; empty if there are requests in it. */
    public static Optional<String> advice(Map<RequestStatus, Long> requestsByStatus) {
        boolean isEmpty = requestsByStatus.values().stream().allMatch(count -> count == 0);
        return isEmpty ? Optional.of(advice()) : Optional.empty();
    }

    private static String advice() {
        return new TextLines()
                .add("There is nothing to do, because nobody has asked for a merge yet. Ask with a spreadsheet:")
                .add("  import requests.csv")
                .add("whose first line is: parent,duplicate")
                .add("and each other line two conversations, by their ids or their links in the inbox; or with SQL:")
                .add("  INSERT INTO merge_request (parent_conversation_id, duplicate_conversation_id)")
                .add("  VALUES ('215470000000001', '215470000000002');")
                .toString();
    }
}
