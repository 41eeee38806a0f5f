package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;

/** Makes the addresses under which a teammate opens a conversation. */
public record ConversationLinks(String form) {
    /** The link to a conversation of the workspace {@code appIdCode}. */
    public String to(String appIdCode, ConversationId id) {
        return form.replace("{app_id_code}", appIdCode).replace("{id}", id.value());
    }
}
