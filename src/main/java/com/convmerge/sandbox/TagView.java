package com.convmerge.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tag; on a conversation also when and by which admin it was applied (null for a tag that stands alone).
 */
public record TagView(
        String id,
        String name,
        @Nullable Instant appliedAt,
        @Nullable String appliedBy) {}
