package com.convmerge.intercom;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as an answer of Intercom shows it.
 *
 * @param state {@code open}, {@code closed} or {@code snoozed}
 * @param tagIds the ids of its tags
 * @param parts at most the {@value #PARTS_SHOWN} newest
 */
public record Conversation(String id, String state, Set<String> tagIds, List<Part> parts) {
    /** Intercom's hard limit ("Retrieve a conversation", API 2.16). */
    public static final int PARTS_SHOWN = 500;

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

    /** The part whose body contains {@code reference}; empty if there is none. */
    public Optional<Part> partWith(String reference) {
        return parts.stream()
                .filter(part -> part.body() != null && part.body().contains(reference))
                .findFirst();
    }

    /** Whether a part shows {@code reference}; never if that is empty. */
    public boolean shows(String reference) {
        return !reference.isEmpty() && partWith(reference).isPresent();
    }

    /** Whether every part written at {@code time} or later is among {@link #parts()}. If not, a missing part proves nothing. */
    public boolean showsAllSince(Instant time) {
        if (parts.size() < PARTS_SHOWN) {
            return true;
        }
        return parts.stream()
                .anyMatch(part -> part.createdAt() != null && part.createdAt().isBefore(time));
    }
}
