package com.convmerge.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a conversation.
 *
 * @param state open, closed or snoozed
 * @param sourceRedacted whether the words of the first message were deleted
 * @param parts oldest first, without the first message
 * @param partCount how many parts the conversation has; {@code parts} may hold only the newest of them
 */
public record ConversationView(
        String id,
        String state,
        @Nullable String title,
        @Nullable String subject,
        String firstMessage,
        boolean sourceRedacted,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant snoozedUntil,
        @Nullable String adminAssignee,
        @Nullable String teamAssignee,
        @Nullable String mergedInto,
        List<ContactView> contacts,
        List<TagView> tags,
        List<PartView> parts,
        int partCount) {
    /** The id by which Intercom knows the first message of a conversation. */
    static String sourceId(String conversation) {
        return "4039" + conversation;
    }

    /** The same conversation with the newest of these parts. */
    ConversationView withParts(List<PartView> all, int most) {
        List<PartView> newest = List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
        return with(state, snoozedUntil, newest, all.size());
    }

    /** The same conversation, which is open again if it was snoozed until this time or an earlier one. */
    ConversationView wokenUpAt(Instant at) {
        return snoozedUntil == null || at.isBefore(snoozedUntil) ? this : with("open", null, parts, partCount);
    }

    private ConversationView with(
            String newState, @Nullable Instant newSnoozedUntil, List<PartView> newParts, int newPartCount) {
        return new ConversationView(
                id,
                newState,
                title,
                subject,
                firstMessage,
                sourceRedacted,
                createdAt,
                updatedAt,
                newSnoozedUntil,
                adminAssignee,
                teamAssignee,
                mergedInto,
                contacts,
                tags,
                newParts,
                newPartCount);
    }

    /** The internal notes, oldest first. */
    public List<PartView> notes() {
        return partsOf("note");
    }

    /** The bodies of the internal notes, oldest first. */
    public List<String> noteBodies() {
        return notes().stream()
                .map(part -> part.body() == null ? "" : part.body())
                .toList();
    }

    /** How often it was closed. */
    public int closes() {
        return partsOf("close").size();
    }

    /** The names of its tags, in the order in which they were applied. */
    public List<String> tagNames() {
        return tags.stream().map(TagView::name).toList();
    }

    /** The parts that the customer received: those with a body, except internal notes and the customer's own parts. */
    public List<PartView> sentToCustomer() {
        return parts.stream()
                .filter(part -> part.body() != null && !part.partType().equals("note"))
                .filter(part -> !part.author().type().equals("user"))
                .toList();
    }

    /** The parts of one type, oldest first. */
    public List<PartView> partsOf(String partType) {
        return parts.stream().filter(part -> part.partType().equals(partType)).toList();
    }
}
