package com.convmerge.intercom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads Intercom's JSON into records. If a field that a merge needs is missing, the answer is unreadable. */
final class IntercomJson {
    private final JsonMapper mapper = new JsonMapper();

    byte[] bytes(Map<String, String> json) {
        return mapper.writeValueAsBytes(json);
    }

    Admin admin(byte[] json) {
        JsonNode me = mapper.readTree(json);
        JsonNode app = me.path("app");
        return new Admin(needed(me, "id"), optional(me, "name"), needed(app, "id_code"), optional(app, "region"));
    }

    String tagId(byte[] json) {
        return needed(mapper.readTree(json), "id");
    }

    Conversation conversation(byte[] json) {
        JsonNode root = mapper.readTree(json);
        Set<String> tags = new HashSet<>();
        for (JsonNode tag : root.path("tags").path("tags")) {
            tags.add(tag.path("id").asString());
        }
        List<Conversation.Part> parts = new ArrayList<>();
        for (JsonNode part : root.path("conversation_parts").path("conversation_parts")) {
            long created = part.path("created_at").asLong(0);
            parts.add(new Conversation.Part(
                    part.path("id").asString(""),
                    part.path("part_type").asString(""),
                    optional(part, "body"),
                    created == 0 ? null : Instant.ofEpochSecond(created)));
        }
        return new Conversation(needed(root, "id"), needed(root, "state"), Set.copyOf(tags), List.copyOf(parts));
    }

    private static String needed(JsonNode node, String field) {
        String value = optional(node, field);
        if (value == null || value.isEmpty()) {
            throw new UnreadableAnswer("no \"" + field + "\" in the answer");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    /** The answer is JSON, but not what Intercom documents. */
    static final class UnreadableAnswer extends RuntimeException {
        UnreadableAnswer(String message) {
            super(message);
        }
    }
}
