package com.convmerge.batch;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A survivor that is to be told.
 *
 * @param merges the requests that no note tells of yet
 * @param begun the note that an earlier run began and did not finish, instead; it knows what it tells of
 */
record SurvivorNote(
        ConversationId survivor,
        List<Long> merges,
        @Nullable OperationKey begun) {}
