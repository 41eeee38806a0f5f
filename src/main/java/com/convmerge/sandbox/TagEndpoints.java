package com.convmerge.sandbox;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Lists, creates and renames tags, puts them on conversations and removes them from there. */
final class TagEndpoints {
    private record TagList(String type, List<ObjectNode> data) {}

    private final SandboxWorkspace workspace;

    TagEndpoints(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer list() {
        List<ObjectNode> tags =
                workspace.tags.all().stream().map(ConversationJson::tag).toList();
        return Answer.ok(new TagList("list", tags));
    }

    Answer create(Request request) {
        Parameters parameters = request.parameters();
        String name = parameters.text("name");
        if (name == null || name.isBlank()) {
            throw invalid();
        }
        String id = parameters.text("id");
        TagView known = workspace.tags.named(name);
        if (id == null) {
            return new Answer(ConversationJson.tag(workspace.tags.createOrFind(name)), known == null);
        }
        TagView present = workspace.tags.tag(id);
        if (known != null && !known.equals(present)) {
            throw invalid();
        }
        TagView renamed = workspace.tags.put(present.id(), name);
        workspace.conversations.all().forEach(conversation -> conversation.renameTag(renamed));
        return Answer.changed(ConversationJson.tag(renamed));
    }

    Answer attach(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = conversationAt(request);
        AuthorView admin = workspace.adminOf(parameters);
        TagView tag = workspace.tags.tag(parameters.required("id"));
        TagView present = conversation.tag(tag.id());
        if (present != null && workspace.quirks.contains(Quirk.REPEATED_TAG_REFUSED)) {
            throw Refused.of(422, "action_forbidden", "Conversation already has this tag");
        }
        if (present != null) {
            return Answer.ok(ConversationJson.tag(present));
        }
        TagView added = conversation.addTag(tag, workspace.now(), admin.id());
        workspace.changed(conversation);
        return Answer.changed(ConversationJson.tag(added));
    }

    Answer detach(Request request) {
        Parameters parameters = request.parameters();
        SandboxConversation conversation = conversationAt(request);
        workspace.adminOf(parameters);
        TagView removed = conversation.tag(request.lastId());
        if (removed == null) {
            throw SandboxTags.notFound();
        }
        conversation.removeTag(removed.id(), workspace.now());
        workspace.changed(conversation);
        return Answer.changed(ConversationJson.tag(removed));
    }

    /** On the tag endpoints, Intercom's message for an unknown conversation differs from that of all other calls. */
    private SandboxConversation conversationAt(Request request) {
        String id = request.conversation();
        if (!id.equals("last") && workspace.conversations.get(id) == null) {
            throw Refused.notFound("Conversation not found");
        }
        return workspace.conversations.at(id);
    }

    private static Refused invalid() {
        return Refused.of(400, "parameter_invalid", "invalid tag parameters");
    }
}
