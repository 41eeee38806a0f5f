package com.convmerge.job;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import org.jspecify.annotations.Nullable;

/**
 * A survivor that is to be told.
 *
 * @param begun the note that an earlier run began and did not finish; null for what no note tells of yet
 */
record ParentNote(ConversationId survivor, @Nullable OperationKey begun) {}
