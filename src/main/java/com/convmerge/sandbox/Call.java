package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that arrived, and what became of it. The token is not kept.
 *
 * @param arrival the call itself
 * @param at when it arrived, by the sandbox's clock
 * @param status the HTTP status answered, or null if the connection was dropped or left hanging
 * @param effect whether it changed the workspace
 * @param fault the fault it met, or null
 */
public record Call(
        Arrival arrival,
        Instant at,
        @Nullable Integer status,
        boolean effect,
        @Nullable Fault fault) {

    /** Such as {@code POST}. */
    public String method() {
        return arrival.method();
    }

    /** With the query, such as {@code /conversations/123/reply}. */
    public String path() {
        return arrival.path();
    }

    /** The body as it came, empty if there was none. */
    public String body() {
        return arrival.body();
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
