package com.convmerge.sandbox;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call at the moment it arrives, before anything was done with it: what a {@link FaultPlan} decides on.
 *
 * @param number how many calls had arrived when this one did, itself included (from 1)
 * @param attempt how often this same operation had arrived, itself included (from 1): same method, path and message
 * type
 * @param route which of Intercom's calls it is
 * @param method such as {@code POST}
 * @param path with the query, such as {@code /conversations/123/reply}
 * @param conversation the conversation id in the path, or null if the path has none
 * @param messageType {@code message_type} of the body such as {@code note} or {@code close}, or null
 * @param body the body as it came, empty if there was none
 */
public record Arrival(
        long number,
        int attempt,
        Route route,
        String method,
        String path,
        @Nullable String conversation,
        @Nullable String messageType,
        String body) {

    /** The conversation id in the path, as it was written there. */
    public Optional<String> conversationId() {
        return Optional.ofNullable(conversation);
    }

    /** Says whether this call wants to write an internal note. */
    public boolean isNote() {
        return route == Route.REPLY && "note".equals(messageType);
    }

    /** Says whether this call wants to close a conversation. */
    public boolean isClose() {
        return route == Route.PARTS && "close".equals(messageType);
    }

    /** Says whether this call wants to tag a conversation. */
    public boolean isTag() {
        return route == Route.TAG;
    }

    /** Says whether this call reads a conversation. */
    public boolean isRead() {
        return route == Route.READ;
    }

    /** Says whether this call is about the conversation {@code id}. */
    public boolean isFor(String id) {
        return id.equals(conversation);
    }

    Arrival asAttempt(int newAttempt) {
        return new Arrival(number, newAttempt, route, method, path, conversation, messageType, body);
    }

    /** What is the same for every attempt of one operation. */
    String operation() {
        return method + ' ' + path + ' ' + (messageType == null ? "" : messageType);
    }
}
