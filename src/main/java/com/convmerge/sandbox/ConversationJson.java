package com.convmerge.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts conversations to the JSON of Intercom's API, so completely that its own client libraries can read it. */
final class ConversationJson {
    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    // The templates hold the fields that are the same in every conversation of the sandbox.
    private static final ObjectNode CONVERSATION = template("""
            {"type": "conversation", "waiting_since": null, "first_contact_reply": null, "read": false,
             "priority": "none", "sla_applied": null, "statistics": null, "conversation_rating": null,
             "teammates": null, "custom_attributes": {}, "topics": {}, "ticket": null,
             "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": false},
             "ai_agent": null, "ai_agent_participated": false,
             "source": {"delivered_as": "customer_initiated", "attachments": [], "url": null},
             "contacts": {"type": "contact.list"}, "tags": {"type": "tag.list"}}""");

    private static final ObjectNode PART = template("""
            {"type": "conversation_part", "attachments": [], "external_id": null, "metadata": {},
             "email_message_metadata": null, "tags": [], "event_details": null, "app_package_code": null}""");

    private final boolean plainText;

    /** With {@code plainText} HTML is converted to plain text, as {@code display_as=plaintext} requests. */
    ConversationJson(boolean plainText) {
        this.plainText = plainText;
    }

    static ObjectNode template(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    /** The whole conversation with its parts. */
    ObjectNode whole(ConversationView conversation) {
        ObjectNode node = listItem(conversation);
        node.putObject("conversation_parts")
                .put("type", "conversation_part.list")
                .put("total_count", conversation.partCount())
                .putPOJO(
                        "conversation_parts",
                        conversation.parts().stream().map(this::part).toList());
        return node;
    }

    /** The conversation without its parts, as it appears in lists. */
    ObjectNode listItem(ConversationView conversation) {
        ObjectNode node = CONVERSATION
                .deepCopy()
                .put("id", conversation.id())
                .put("created_at", conversation.createdAt().getEpochSecond())
                .put("updated_at", conversation.updatedAt().getEpochSecond())
                .put("snoozed_until", seconds(conversation.snoozedUntil()))
                .put("admin_assignee_id", number(conversation.adminAssignee()))
                .put("team_assignee_id", number(conversation.teamAssignee()))
                .put("open", !conversation.state().equals("closed"))
                .put("state", conversation.state())
                .put("title", shown(conversation.title()));
        List<ContactView> contacts = conversation.contacts();
        String subject = conversation.subject();
        String html = subject == null ? "" : "<p>" + NoteHtml.text(subject) + "</p>";
        node.withObject("source")
                .put("type", subject == null ? "conversation" : "email")
                .put("id", ConversationView.sourceId(conversation.id()))
                .put("subject", plainText && subject != null ? NoteHtml.plain(subject) : html)
                .put("body", shown(conversation.firstMessage()))
                .put("redacted", conversation.sourceRedacted())
                .putPOJO("author", contacts.get(0).asAuthor());
        ArrayNode contactList = node.withObject("contacts").putArray("contacts");
        for (ContactView contact : contacts) {
            contactList
                    .addObject()
                    .put("type", "contact")
                    .put("id", contact.id())
                    .put("external_id", contact.externalId());
        }
        node.withObject("tags")
                .putArray("tags")
                .addAll(conversation.tags().stream().map(ConversationJson::tag).toList());
        return node;
    }

    /** A tag; on a conversation also with the time and the admin of its application. */
    static ObjectNode tag(TagView tag) {
        ObjectNode node =
                JSON.createObjectNode().put("type", "tag").put("id", tag.id()).put("name", tag.name());
        Instant appliedAt = tag.appliedAt();
        if (appliedAt != null) {
            node.put("applied_at", appliedAt.getEpochSecond());
            node.putObject("applied_by").put("type", "admin").put("id", tag.appliedBy());
        }
        return node;
    }

    private ObjectNode part(PartView part) {
        long at = part.createdAt().getEpochSecond();
        Long redactedAt = seconds(part.redactedAt());
        return PART.deepCopy()
                .put("id", part.id())
                .put("part_type", part.partType())
                .put("body", shown(part.body()))
                .put("created_at", at)
                .put("updated_at", redactedAt == null ? at : redactedAt)
                .put("notified_at", at)
                .put("state", part.state())
                .put("redacted", redactedAt != null)
                .putPOJO("assigned_to", part.assignedTo())
                .putPOJO("author", part.author());
    }

    private @Nullable String shown(@Nullable String html) {
        return html == null || !plainText ? html : NoteHtml.plain(html);
    }

    private static @Nullable Long seconds(@Nullable Instant at) {
        return at == null ? null : at.getEpochSecond();
    }

    /** Intercom writes 0 if nobody is assigned. */
    private static long number(@Nullable String id) {
        return id == null ? 0 : Long.parseLong(id);
    }
}
