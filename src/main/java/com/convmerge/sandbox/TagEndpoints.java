package com.convmerge.sandbox;

import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, creates and renames tags, and puts them on conversations and takes them off. */
final class TagEndpoints {

    private final SandboxWorkspace workspace;
    private final Set<Quirk> quirks;

    TagEndpoints(SandboxWorkspace workspace, Set<Quirk> quirks) {
        this.workspace = workspace;
        this.quirks = quirks;
    }

    Answer list() {
        ObjectNode node = ConversationJson.JSON.createObjectNode().put("type", "list");
        ArrayNode data = node.putArray("data");
        workspace.locked(() -> {
            workspace.tags.all().forEach(tag -> data.add(ConversationJson.tag(tag.view())));
            return data;
        });
        return Answer.ok(node);
    }

    Answer create(Request request) {
        Parameters parameters = request.parameters();
        String name = parameters.text("name");
        if (name == null || name.isBlank()) {
            throw Refused.of(400, "parameter_invalid", "invalid tag parameters");
        }
        String id = parameters.text("id");
        return workspace.locked(() -> {
            if (id != null) {
                return rename(id, name);
            }
            boolean known = workspace.tags.named(name) != null;
            ObjectNode tag =
                    ConversationJson.tag(workspace.tags.createOrFind(name).view());
            return known ? Answer.ok(tag) : Answer.changed(tag);
        });
    }

    private Answer rename(String id, String name) {
        SandboxTag tag = workspace.tags.tagOrNull(id);
        if (tag == null) {
            throw tagNotFound();
        }
        SandboxTag other = workspace.tags.named(name);
        if (other != null && other != tag) {
            throw Refused.of(400, "parameter_invalid", "invalid tag parameters");
        }
        tag.name = name.strip();
        return Answer.changed(ConversationJson.tag(tag.view()));
    }

    Answer attach(Request request) {
        Parameters parameters = request.parameters();
        return workspace.locked(() -> {
            SandboxConversation conversation = conversationAt(request);
            AdminView admin = workspace.people.admin(parameters.required("admin_id"));
            SandboxTag tag = workspace.tags.tagOrNull(parameters.required("id"));
            if (tag == null) {
                throw tagNotFound();
            }
            boolean had = conversation.hasTag(tag.id);
            if (had && quirks.contains(Quirk.REPEATED_TAG_REFUSED)) {
                throw Refused.of(422, "action_forbidden", "Conversation already has this tag");
            }
            if (had) {
                return Answer.ok(ConversationJson.tag(conversation.tagOn(tag.id)));
            }
            workspace.changed(conversation);
            return Answer.changed(ConversationJson.tag(conversation.addTag(tag, workspace.now(), admin.id())));
        });
    }

    Answer detach(Request request) {
        Parameters parameters = request.parameters();
        return workspace.locked(() -> {
            SandboxConversation conversation = conversationAt(request);
            workspace.people.admin(parameters.required("admin_id"));
            TagView removed = conversation.removeTag(request.lastId(), workspace.now());
            if (removed == null) {
                throw tagNotFound();
            }
            workspace.changed(conversation);
            return Answer.changed(ConversationJson.tag(removed));
        });
    }

    /** For tags Intercom words it differently than for all other calls. */
    private SandboxConversation conversationAt(Request request) {
        SandboxConversation found = workspace.conversationOrNull(request.conversation());
        if (found == null && !request.conversation().equals("last")) {
            throw Refused.of(404, "not_found", "Conversation not found");
        }
        return workspace.conversationAt(request.conversation());
    }

    private static Refused tagNotFound() {
        return Refused.of(404, "tag_not_found", "Tag not found");
    }
}
