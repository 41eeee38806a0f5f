package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import java.util.List;

/**
 * A conversation that is left over in the end, and requests that are merged into it.
 *
 * @param requestIds in ascending order; not empty
 */
public record Survivor(ConversationId conversation, List<Long> requestIds) {
    public Survivor {
        requestIds = List.copyOf(requestIds);
    }
}
