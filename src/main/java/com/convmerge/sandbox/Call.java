package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that arrived, with its outcome. It does not contain the access token.
 *
 * @param arrival the call itself
 * @param status the HTTP status of the answer, or null if the connection was closed or left open without an answer
 * @param effect whether it changed the workspace, or will do so when its late effect happens
 * @param fault the fault that it met, or null
 */
public record Call(
        Arrival arrival,
        @Nullable Integer status,
        boolean effect,
        @Nullable Fault fault) {
    /** When it arrived, according to the sandbox's clock. */
    public Instant at() {
        return arrival.at();
    }

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
