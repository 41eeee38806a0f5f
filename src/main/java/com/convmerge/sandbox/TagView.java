package com.convmerge.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tag of the workspace, or a tag on a conversation.
 *
 * @param appliedAt when it was put on the conversation; null for a tag of the workspace
 * @param appliedBy the id of the admin who put it on the conversation; null for a tag of the workspace
 */
public record TagView(
        String id,
        String name,
        @Nullable Instant appliedAt,
        @Nullable String appliedBy) {}
