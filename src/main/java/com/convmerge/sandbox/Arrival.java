package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call at the moment of its arrival, before the sandbox has acted on it. A {@link FaultPlan} decides on it.
 *
 * @param number how many calls have arrived so far, this one included (from 1)
 * @param at when it arrived, according to the sandbox's clock
 * @param attempt how often this operation (same method, path and message type) has arrived, this call included (from 1)
 * @param route which of Intercom's calls it is
 * @param method such as {@code POST}
 * @param path with the query, such as {@code /conversations/123/reply}
 * @param conversation the conversation id in the path, or in the body of a redaction; null if there is none
 * @param messageType {@code message_type} of the body such as {@code note} or {@code close}, or null
 * @param body the unparsed body, empty if there is none
 */
public record Arrival(
        long number,
        Instant at,
        int attempt,
        Route route,
        String method,
        String path,
        @Nullable String conversation,
        @Nullable String messageType,
        String body) {
    /** The id of the conversation that the call is about, which may be an alias such as {@code last}. */
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

    /** Says whether this call wants to take a tag off a conversation. */
    public boolean isUntag() {
        return route == Route.UNTAG;
    }

    /** Says whether this call wants to open a conversation. */
    public boolean isOpen() {
        return route == Route.PARTS && "open".equals(messageType);
    }

    /** Says whether this call wants to snooze a conversation. */
    public boolean isSnooze() {
        return route == Route.PARTS && "snoozed".equals(messageType);
    }

    /** Says whether this call wants to delete the words of a part. */
    public boolean isRedaction() {
        return route == Route.REDACT;
    }

    /** Says whether this call merges a conversation into another one by Intercom's own merge. */
    public boolean isMerge() {
        return route == Route.MERGE;
    }

    /** Says whether this call reads a conversation. */
    public boolean isRead() {
        return route == Route.READ;
    }

    /** Says whether this call arrived before this time, for what goes wrong for a while. */
    public boolean isBefore(Instant end) {
        return at.isBefore(end);
    }

    /** Says whether this call searches conversations. */
    public boolean isSearch() {
        return route == Route.SEARCH;
    }

    /** Says whether this call is about the conversation {@code id}. */
    public boolean isFor(String id) {
        return id.equals(conversation);
    }

    /** Identifies the operation: equal for all attempts of it. */
    String operation() {
        return operation(route, method, path, messageType, body);
    }

    /** The path of a redaction is the same for all parts; its body says which it is. */
    static String operation(Route route, String method, String path, @Nullable String messageType, String body) {
        return method
                + ' '
                + path
                + ' '
                + (messageType == null ? "" : messageType)
                + (route == Route.REDACT ? body : "");
    }
}
