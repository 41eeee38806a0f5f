package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;

/**
 * Intercom's conversations, as far as a merge needs them (API 2.16).
 *
 * <p>Each method makes one call and waits for the rate limit first. What Intercom did not do for sure
 * ({@code NOT_SENT}) is tried again in place; reads are tried again after any passing failure. A write is never sent a
 * second time while the first may have happened.
 */
public interface IntercomClient {
    /** {@code GET /me}. */
    Answer<Admin> me();

    /** {@code GET /conversations/{id}}. */
    Answer<Conversation> read(ConversationId id);

    /**
     * {@code POST /conversations/{id}/reply} with an internal note, which no customer sees.
     *
     * @param html the note's body
     * @return the conversation with the note
     */
    @WritesToIntercom
    Answer<Conversation> note(ConversationId id, String adminId, String html);

    /** {@code POST /conversations/{id}/tags}; answers the tag's id. */
    @WritesToIntercom
    Answer<String> tag(ConversationId id, String adminId, String tagId);

    /** {@code POST /conversations/{id}/parts} with a close without text; answers the conversation. */
    @WritesToIntercom
    Answer<Conversation> close(ConversationId id, String adminId);

    /** {@code POST /conversations/{id}/parts} with an opening; answers the conversation. */
    @WritesToIntercom
    Answer<Conversation> open(ConversationId id, String adminId);

    /** {@code POST /tags}: the id of the tag of this name, which is created if it is missing. */
    @WritesToIntercom
    Answer<String> tagNamed(String name);
}
