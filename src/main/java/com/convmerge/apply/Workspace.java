package com.convmerge.apply;

import com.convmerge.intercom.ConversationLinks;
import com.convmerge.merge.ConversationId;

/**
 * Where a run writes, and in whose name.
 *
 * @param appIdCode the workspace's id, as in links to its inbox
 * @param adminId who is shown as the author of the notes
 * @param tagId the id of the tag that duplicates get
 */
public record Workspace(String appIdCode, String adminId, String tagId, ConversationLinks links) {
    String linkTo(ConversationId id) {
        return links.to(appIdCode, id);
    }
}
