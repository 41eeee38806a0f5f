package com.convmerge.intercom;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as Intercom told it.
 *
 * @param state {@code open}, {@code closed} or {@code snoozed}
 * @param tagIds the ids of its tags
 * @param parts at most the {@value #PARTS_TOLD} newest
 */
public record Conversation(String id, String state, Set<String> tagIds, List<Part> parts) {
    /** Intercom's hard limit ("Retrieve a conversation", API 2.16). */
    public static final int PARTS_TOLD = 500;

    /**
     * One part of a conversation.
     *
     * @param body HTML; null for a part without text
     */
    public record Part(
            String id,
            String type,
            @Nullable String body,
            @Nullable Instant createdAt) {}

    public boolean isClosed() {
        return state.equals("closed");
    }

    public boolean hasTag(String tagId) {
        return tagIds.contains(tagId);
    }

    /** The part that shows {@code reference}, which survives as text whatever Intercom does to the HTML around it. */
    public Optional<Part> partWith(String reference) {
        return parts.stream()
                .filter(part -> part.body() != null && part.body().contains(reference))
                .findFirst();
    }

    /** Whether a part written at {@code time} or later must be among {@link #parts()}; if not, its absence proves nothing. */
    public boolean showsAllSince(Instant time) {
        if (parts.size() < PARTS_TOLD) {
            return true;
        }
        return parts.stream()
                .anyMatch(part -> part.createdAt() != null && part.createdAt().isBefore(time));
    }
}
