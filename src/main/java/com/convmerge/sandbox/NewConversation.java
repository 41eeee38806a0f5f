package com.convmerge.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to be put into the sandbox:
 * {@code NewConversation.of("123").titled("Refund").from("Ann Lee", "ann@example.com")}.
 *
 * @param id digits, as Intercom's are
 * @param state open, closed or snoozed
 * @param contactEmail who wrote in; known contacts are recognised by it
 */
public record NewConversation(
        String id,
        String state,
        @Nullable String title,
        @Nullable String subject,
        String firstMessage,
        String contactName,
        String contactEmail,
        List<String> tags) {

    /**
     * Starts with an open conversation of a contact of its own.
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

    /** Checks what a test or a sample could get wrong. */
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

    /** The same in another state: open, closed or snoozed. */
    public NewConversation inState(String newState) {
        return new NewConversation(id, newState, title, subject, firstMessage, contactName, contactEmail, tags);
    }

    /** The same with a title. */
    public NewConversation titled(String newTitle) {
        return new NewConversation(id, state, newTitle, subject, firstMessage, contactName, contactEmail, tags);
    }

    /** The same as an e-mail with a subject. */
    public NewConversation withSubject(String newSubject) {
        return new NewConversation(id, state, title, newSubject, firstMessage, contactName, contactEmail, tags);
    }

    /** The same with another first message (plain text or HTML). */
    public NewConversation saying(String message) {
        return new NewConversation(id, state, title, subject, message, contactName, contactEmail, tags);
    }

    /** The same from this contact. */
    public NewConversation from(String name, String email) {
        return new NewConversation(id, state, title, subject, firstMessage, name, email, tags);
    }

    /** The same with one tag more; the tag is created if the workspace has none of this name. */
    public NewConversation tagged(String tag) {
        List<String> more = new ArrayList<>(tags);
        more.add(tag);
        return new NewConversation(id, state, title, subject, firstMessage, contactName, contactEmail, more);
    }
}
