package com.convmerge.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a conversation that is to be added to the sandbox, as in
 * {@code NewConversation.of("123").inState("closed")}.
 *
 * @param id consists of digits, like Intercom's ids
 * @param state open, closed or snoozed, which then is for {@link #SNOOZED_FOR}
 * @param subject of an e-mail; null if it is none
 * @param firstMessage plain text or HTML
 * @param contactEmail the address of the customer; an existing contact with this address is used again
 * @param ticketCategory {@code Customer}, {@code Back-office} or {@code Tracker} for a ticket; null if it is none
 */
public record NewConversation(
        String id,
        String state,
        @Nullable String title,
        @Nullable String subject,
        String firstMessage,
        String contactName,
        String contactEmail,
        List<String> tags,
        @Nullable String ticketCategory) {
    /** How long a conversation is snoozed that is added in this state. */
    public static final Duration SNOOZED_FOR = Duration.ofDays(30);

    /** Describes a conversation that is no ticket. */
    public NewConversation(
            String id,
            String state,
            @Nullable String title,
            @Nullable String subject,
            String firstMessage,
            String contactName,
            String contactEmail,
            List<String> tags) {
        this(id, state, title, subject, firstMessage, contactName, contactEmail, tags, null);
    }

    /**
     * Describes an open conversation with a new contact.
     *
     * @throws IllegalArgumentException if the id is not digits only
     */
    public static NewConversation of(String id) {
        return new NewConversation(
                id,
                "open",
                null,
                null,
                "Hello, can you help me?",
                "Customer " + id,
                "customer" + id + "@example.com",
                List.of());
    }

    /** Rejects an invalid id or state. */
    public NewConversation {
        if (id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("conversation id must be digits, but is '" + id + "'");
        }
        if (!List.of("open", "closed", "snoozed").contains(state)) {
            throw new IllegalArgumentException(
                    "state of conversation " + id + " must be open, closed or snoozed, but is " + state);
        }
        tags = List.copyOf(tags);
    }

    /** A copy in another state: open, closed or snoozed. */
    public NewConversation inState(String newState) {
        return new NewConversation(
                id, newState, title, subject, firstMessage, contactName, contactEmail, tags, ticketCategory);
    }

    /** A copy with one more tag; the tag is created if the workspace has none of this name. */
    public NewConversation tagged(String tag) {
        List<String> more = new ArrayList<>(tags);
        more.add(tag);
        return new NewConversation(
                id, state, title, subject, firstMessage, contactName, contactEmail, more, ticketCategory);
    }

    /** A copy that is a ticket: {@code Customer}, {@code Back-office} or {@code Tracker}. */
    public NewConversation asTicket(String category) {
        return new NewConversation(id, state, title, subject, firstMessage, contactName, contactEmail, tags, category);
    }

    /** A copy that is an e-mail with this subject. */
    public NewConversation asEmail(String newSubject) {
        return new NewConversation(
                id, state, title, newSubject, firstMessage, contactName, contactEmail, tags, ticketCategory);
    }
}
