package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import java.util.List;

/**
 * A conversation into which others are merged in the end, and the requests to merge them.
 *
 * @param requestIds in ascending order; not empty
 */
public record Survivor(ConversationId conversation, List<Long> requestIds) {}
