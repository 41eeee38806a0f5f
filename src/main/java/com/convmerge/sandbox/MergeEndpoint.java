package com.convmerge.sandbox;

import java.time.Instant;
import java.util.Set;

/** Intercom's own merge of one conversation into another, which cannot be undone. */
final class MergeEndpoint {

    private final SandboxWorkspace workspace;
    private final Set<Quirk> quirks;

    MergeEndpoint(SandboxWorkspace workspace, Set<Quirk> quirks) {
        this.workspace = workspace;
        this.quirks = quirks;
    }

    Answer merge(Request request) {
        Long into = request.parameters().wholeNumber("merge_into_conversation_id");
        if (into == null) {
            throw Refused.parameter(
                    "merge_into_conversation_id", "merge_into_conversation_id must be a valid integer conversation ID");
        }
        ConversationView primary = workspace.locked(() -> merge(request.conversation(), String.valueOf(into)));
        return Answer.changed(new ConversationJson(false).whole(primary));
    }

    private ConversationView merge(String secondaryId, String primaryId) {
        SandboxConversation secondary = workspace.conversationOrNull(secondaryId);
        if (secondary == null) {
            throw Refused.notFound();
        }
        SandboxConversation primary = workspace.conversationOrNull(primaryId);
        if (primary == null) {
            throw failed("Primary conversation not found");
        }
        if (primary == secondary) {
            throw failed("Cannot merge a conversation into itself");
        }
        if (secondary.mergedInto() != null) {
            throw failed("Secondary conversation has already been merged");
        }
        if (quirks.contains(Quirk.MERGE_ACROSS_CONTACTS_REFUSED) && !secondary.sharesContactWith(primary)) {
            throw failed("Conversations belong to different customers");
        }
        Instant now = workspace.now();
        secondary.mergeInto(primary, now);
        AuthorView operator = AuthorView.operator(workspace.me);
        secondary.addPart(workspace.part(secondary, "merged_secondary_conversation", null, operator));
        primary.addPart(workspace.part(primary, "merged_primary_conversation", null, operator));
        workspace.changed(primary);
        return primary.newest(ConversationEndpoints.PARTS_SHOWN, now);
    }

    private static Refused failed(String message) {
        return Refused.of(422, "merge_failed", message);
    }
}
