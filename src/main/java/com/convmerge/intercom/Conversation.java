package com.convmerge.intercom;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as an answer of Intercom shows it.
 *
 * @param state {@code open}, {@code closed} or {@code snoozed}
 * @param tags the ids of its tags, each with the id of the teammate who applied it; empty text if the answer does not say
 * @param parts at most the {@value #PARTS_SHOWN} newest
 * @param partsTotal how many parts there are, as the answer says; null if it does not say, or lists no parts
 * @param snoozedUntil when it opens by itself; null if it is not snoozed, or the answer does not say
 */
public record Conversation(
        String id,
        String state,
        Map<String, String> tags,
        List<Part> parts,
        @Nullable Integer partsTotal,
        @Nullable Instant snoozedUntil) {
    /** A conversation that is not snoozed. */
    public Conversation(
            String id, String state, Map<String, String> tags, List<Part> parts, @Nullable Integer partsTotal) {
        this(id, state, tags, parts, partsTotal, null);
    }

    /** Intercom's hard limit ("Retrieve a conversation", API 2.16). */
    public static final int PARTS_SHOWN = 500;

    /**
     * One part of a conversation.
     *
     * @param id empty if the answer does not say
     * @param type such as {@code note}, {@code comment} or {@code close}; empty if the answer does not say
     * @param body HTML; null for a part without text
     * @param author the id of the teammate or customer who wrote it; empty if the answer does not say
     * @param authorType such as {@code admin}, {@code user} or {@code bot}; empty if the answer does not say
     */
    public record Part(
            String id,
            String type,
            @Nullable String body,
            String author,
            String authorType,
            @Nullable Instant createdAt) {
        /** A part of which the answer does not say what kind of author it has. */
        public Part(String id, String type, @Nullable String body, String author, @Nullable Instant createdAt) {
            this(id, type, body, author, "", createdAt);
        }
    }

    public boolean isClosed() {
        return state.equals("closed");
    }

    public boolean isSnoozed() {
        return state.equals("snoozed");
    }

    public boolean hasTag(String tagId) {
        return tags.containsKey(tagId);
    }

    /**
     * Whether every part written at {@code time} or later is for sure among {@link #parts()}. If not, a missing part proves
     * nothing.
     */
    public boolean listsAllSince(Instant time) {
        long listed = parts.stream()
                .map(Part::id)
                .filter(each -> !each.isEmpty())
                .distinct()
                .count();
        if (partsTotal == null || listed != parts.size() || listed > partsTotal) {
            return false;
        }
        // Intercom leaves out the oldest, so the newer ones are complete if an older one is listed.
        return listed < PARTS_SHOWN
                ? listed == partsTotal
                : parts.stream()
                        .anyMatch(part ->
                                part.createdAt() != null && part.createdAt().isBefore(time));
    }
}
