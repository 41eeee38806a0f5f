package com.convmerge.job;

import com.convmerge.merge.ConversationId;
import org.jspecify.annotations.Nullable;

/**
 * A survivor that is there.
 *
 * @param rejection why nothing may be merged into it all the same; null if it may
 */
record CheckedParent(ConversationId survivor, @Nullable String rejection) {}
