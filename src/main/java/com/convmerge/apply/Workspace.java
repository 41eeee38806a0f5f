package com.convmerge.apply;

import com.convmerge.merge.ConversationId;
import com.convmerge.settings.IntercomSettings;

/**
 * Where a run writes, and in whose name.
 *
 * @param appIdCode the workspace's id, as in links to its inbox
 * @param adminId who is shown as the author of the notes
 * @param tag the tag that duplicates get
 * @param link the link with which a teammate opens a conversation, with {@code {app_id_code}} and {@code {id}}
 */
public record Workspace(String appIdCode, String adminId, RunTag tag, String link) {
    String tagId() {
        return tag.id();
    }

    String linkTo(ConversationId id) {
        return IntercomSettings.fillIn(link, appIdCode, id.value());
    }
}
