package com.convmerge.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes conversations the way Intercom's API does, so that its own client libraries can read them. */
final class ConversationJson {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final boolean plainText;

    ConversationJson(boolean plainText) {
        this.plainText = plainText;
    }

    /** The whole conversation with its parts. */
    ObjectNode whole(ConversationView conversation) {
        ObjectNode node = listItem(conversation);
        ObjectNode parts = node.putObject("conversation_parts");
        parts.put("type", "conversation_part.list");
        ArrayNode list = parts.putArray("conversation_parts");
        conversation.parts().forEach(part -> list.add(part(part)));
        parts.put("total_count", conversation.partCount());
        return node;
    }

    /** The conversation as it stands in lists: without parts. */
    ObjectNode listItem(ConversationView conversation) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "conversation");
        node.put("id", conversation.id());
        node.put("created_at", conversation.createdAt().getEpochSecond());
        node.put("updated_at", conversation.updatedAt().getEpochSecond());
        node.putNull("waiting_since");
        putSeconds(node, "snoozed_until", conversation.snoozedUntil());
        node.set("source", source(conversation));
        node.set("contacts", contacts(conversation));
        node.putNull("first_contact_reply");
        node.put("admin_assignee_id", number(conversation.adminAssignee()));
        node.put("team_assignee_id", number(conversation.teamAssignee()));
        node.put("open", !conversation.state().equals("closed"));
        node.put("state", conversation.state());
        node.put("read", false);
        node.set("tags", tags(conversation));
        node.put("priority", "none");
        for (String unused : new String[] {"sla_applied", "statistics", "conversation_rating", "teammates"}) {
            node.putNull(unused);
        }
        node.put("title", shown(conversation.title()));
        node.putObject("custom_attributes");
        node.putObject("topics");
        node.putNull("ticket");
        node.set("linked_objects", noLinkedObjects());
        node.putNull("ai_agent");
        node.put("ai_agent_participated", false);
        return node;
    }

    /** A tag; on a conversation also when and by whom it was applied. */
    static ObjectNode tag(TagView tag) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "tag");
        node.put("id", tag.id());
        node.put("name", tag.name());
        Instant appliedAt = tag.appliedAt();
        if (appliedAt != null) {
            node.put("applied_at", appliedAt.getEpochSecond());
            node.putObject("applied_by").put("type", "admin").put("id", tag.appliedBy());
        }
        return node;
    }

    private ObjectNode source(ConversationView conversation) {
        ObjectNode node = JSON.createObjectNode();
        ContactView author = conversation.contacts().get(0);
        String subject = conversation.subject();
        node.put("type", subject == null ? "conversation" : "email");
        node.put("id", "4039" + conversation.id());
        node.put("delivered_as", "customer_initiated");
        node.put(
                "subject", subject == null ? "" : shown(plainText ? subject : "<p>" + NoteHtml.text(subject) + "</p>"));
        node.put("body", shown(conversation.firstMessage()));
        node.set("author", author(AuthorView.of(author)));
        node.putArray("attachments");
        node.putNull("url");
        node.put("redacted", false);
        return node;
    }

    private static ObjectNode tags(ConversationView conversation) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "tag.list");
        ArrayNode list = node.putArray("tags");
        conversation.tags().forEach(tag -> list.add(tag(tag)));
        return node;
    }

    private ObjectNode contacts(ConversationView conversation) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "contact.list");
        ArrayNode list = node.putArray("contacts");
        for (ContactView contact : conversation.contacts()) {
            list.addObject().put("type", "contact").put("id", contact.id()).put("external_id", contact.externalId());
        }
        return node;
    }

    private ObjectNode part(PartView part) {
        long at = part.createdAt().getEpochSecond();
        ObjectNode node = JSON.createObjectNode();
        node.put("type", "conversation_part");
        node.put("id", part.id());
        node.put("part_type", part.partType());
        node.put("body", shown(part.body()));
        node.put("created_at", at);
        node.put("updated_at", at);
        node.put("notified_at", at);
        AssigneeView assignee = part.assignedTo();
        if (assignee == null) {
            node.putNull("assigned_to");
        } else {
            node.putObject("assigned_to").put("type", assignee.type()).put("id", assignee.id());
        }
        node.set("author", author(part.author()));
        node.putArray("attachments");
        node.putNull("external_id");
        node.put("redacted", false);
        node.putObject("metadata");
        node.putNull("email_message_metadata");
        node.put("state", part.state());
        node.putArray("tags");
        node.putNull("event_details");
        node.putNull("app_package_code");
        return node;
    }

    private static ObjectNode author(AuthorView author) {
        return JSON.createObjectNode()
                .put("type", author.type())
                .put("id", author.id())
                .put("name", author.name())
                .put("email", author.email());
    }

    private static ObjectNode noLinkedObjects() {
        ObjectNode node = JSON.createObjectNode().put("type", "list");
        node.putArray("data");
        return node.put("total_count", 0).put("has_more", false);
    }

    private @Nullable String shown(@Nullable String html) {
        return html == null || !plainText ? html : NoteHtml.plain(html);
    }

    private static void putSeconds(ObjectNode node, String name, @Nullable Instant at) {
        if (at == null) {
            node.putNull(name);
        } else {
            node.put(name, at.getEpochSecond());
        }
    }

    /** Nobody assigned is 0. */
    private static long number(@Nullable String id) {
        return id == null ? 0 : Long.parseLong(id);
    }
}
