package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Takes the words out of a part or of the first message; the part itself stays. No document says which statuses Intercom's refusals
 * have, except that of what does not exist.
 */
final class RedactionEndpoint {
    private final SandboxWorkspace workspace;

    RedactionEndpoint(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    Answer redact(Request request) {
        Parameters parameters = request.parameters();
        boolean source = isSource(parameters.text("type"));
        SandboxConversation conversation = workspace.conversations.get(required("conversation_id", parameters));
        String id = required(source ? "source_id" : "conversation_part_id", parameters);
        if (conversation == null) {
            throw notFound();
        }
        String part = source ? null : redactablePart(id, conversation);
        if (source && !id.equals(ConversationView.sourceId(conversation.id))) {
            throw notFound();
        }
        return redact(conversation, part);
    }

    private Answer redact(SandboxConversation conversation, @Nullable String part) {
        boolean added = conversation.redact(part, workspace.now());
        if (!added && workspace.quirks.contains(Quirk.REPEATED_REDACTION_REFUSED)) {
            throw notRedactable();
        }
        ConversationView view =
                added ? workspace.changed(conversation) : conversation.newest(Endpoints.PARTS_SHOWN, workspace.now());
        return new Answer(new ConversationJson(false).whole(view), added);
    }

    private static String redactablePart(String id, SandboxConversation conversation) {
        PartView part = conversation.part(id);
        if (part == null) {
            throw notFound();
        }
        if (part.body() == null) {
            throw notRedactable();
        }
        return part.id();
    }

    private static boolean isSource(@Nullable String type) {
        boolean source = "source".equals(type);
        if (!source && !"conversation_part".equals(type)) {
            throw Refused.of(
                    400,
                    "type_mismatch",
                    "The type attribute provided should be either 'conversation_part' or 'source'");
        }
        return source;
    }

    private static String required(String name, Parameters parameters) {
        String value = parameters.text(name);
        if (value == null || value.isBlank()) {
            throw Refused.of(400, "parameter_not_found", name + " is a required parameter");
        }
        return value;
    }

    private static Refused notFound() {
        return Refused.of(404, "conversation_part_or_message_not_found", "Conversation part or message not found");
    }

    private static Refused notRedactable() {
        return Refused.of(422, "conversation_part_not_redactable", "Part can't be redacted");
    }
}
