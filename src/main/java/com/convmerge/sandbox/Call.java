package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that arrived, with its outcome. It does not contain the access token.
 *
 * @param arrival the call itself
 * @param at when it arrived, according to the sandbox's clock
 * @param status the HTTP status of the answer, or null if the connection was closed or left open without an answer
 * @param effect whether it changed the workspace
 * @param fault the fault that it met, or null
 */
public record Call(
        Arrival arrival,
        Instant at,
        @Nullable Integer status,
        boolean effect,
        @Nullable Fault fault) {
    /** The HTTP method, such as {@code POST}. */
    public String method() {
        return arrival.method();
    }

    /** The path with the query, such as {@code /conversations/123/reply}. */
    public String path() {
        return arrival.path();
    }

    /** Which of Intercom's calls it was. */
    public Route route() {
        return arrival.route();
    }

    /** The conversation id in the path. */
    public Optional<String> conversationId() {
        return arrival.conversationId();
    }

    /** Says whether this call wanted to write an internal note. */
    public boolean isNote() {
        return arrival.isNote();
    }

    /** Says whether this call wanted to close a conversation. */
    public boolean isClose() {
        return arrival.isClose();
    }
}
