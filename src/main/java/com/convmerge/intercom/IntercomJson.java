package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OneLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads Intercom's JSON into records. If a field that a merge needs is missing, the answer is unreadable. */
final class IntercomJson {
    /** The last second of the year 9999; a later one is no time but a mistake. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** The longest state that the ledger can hold with an ellipsis behind it. Intercom's own have no more than seven letters. */
    private static final int STATE_KEPT = 19;

    private final JsonMapper mapper = new JsonMapper();

    byte[] bytes(Map<String, ?> json) {
        return mapper.writeValueAsBytes(json);
    }

    Admin admin(byte[] json) {
        JsonNode me = mapper.readTree(json);
        JsonNode app = me.path("app");
        return new Admin(
                needed(me, "id"),
                optional(me, "name"),
                optional(me, "email"),
                needed(app, "id_code"),
                optional(app, "name"),
                optional(app, "region"));
    }

    String tagId(byte[] json) {
        JsonNode tag = mapper.readTree(json);
        checkSuccess(tag);
        return needed(tag, "id");
    }

    SnoozedPage snoozed(byte[] json) {
        JsonNode root = mapper.readTree(json);
        checkSuccess(root);
        Map<String, Instant> until = new HashMap<>();
        for (JsonNode conversation : root.path("conversations")) {
            Instant time = time(conversation.path("snoozed_until"));
            if (time != null) {
                until.put(conversation.path("id").asString(""), time);
            }
        }
        return new SnoozedPage(until, optional(root.path("pages").path("next"), "starting_after"));
    }

    /** An answer of 200 may contradict itself. What it says about the effect is not to be believed then. */
    private static void checkSuccess(JsonNode root) {
        if (root.path("type").asString("").equals("error.list")
                || !root.path("errors").isEmpty()) {
            throw new UnreadableAnswer("the answer is 2xx, but contains errors");
        }
        if (root.path("state").asString("").equals("closed")
                && root.path("open").asBoolean(false)) {
            throw new UnreadableAnswer("the answer says that the conversation is closed, and that it is open");
        }
    }

    /** The id of the conversation that an answer is about, whichever was asked for. */
    ConversationId conversationId(byte[] json) {
        JsonNode root = mapper.readTree(json);
        checkSuccess(root);
        String id = needed(root, "id");
        if (ConversationId.fault(id).isPresent()) {
            throw new UnreadableAnswer("the answer is about " + OneLine.of(id, STATE_KEPT));
        }
        return new ConversationId(id);
    }

    /** The conversation {@code asked}; an answer about another one is unreadable. */
    Conversation conversation(byte[] json, ConversationId asked) {
        JsonNode root = mapper.readTree(json);
        checkSuccess(root);
        String id = needed(root, "id");
        if (!id.equals(asked.value())) {
            throw new UnreadableAnswer("the answer is about conversation " + id);
        }
        Map<String, String> tags = new HashMap<>();
        for (JsonNode tag : root.path("tags").path("tags")) {
            tags.put(
                    tag.path("id").asString(""),
                    tag.path("applied_by").path("id").asString(""));
        }
        JsonNode list = root.path("conversation_parts");
        JsonNode listed = list.path("conversation_parts");
        JsonNode total = list.path("total_count");
        List<Conversation.Part> parts = new ArrayList<>();
        for (JsonNode part : listed) {
            parts.add(part(part));
        }
        return new Conversation(
                id,
                OneLine.of(needed(root, "state"), STATE_KEPT),
                Map.copyOf(tags),
                List.copyOf(parts),
                listed.isArray() && total.canConvertToInt() && !hasMore(list) ? total.intValue() : null,
                time(root.path("snoozed_until")));
    }

    /** Whether the list itself says that it is not all. Intercom's lists of other things do so. */
    private static boolean hasMore(JsonNode list) {
        JsonNode pages = list.path("pages");
        return list.path("has_more").asBoolean(false)
                || !pages.path("next").isMissingNode() && !pages.path("next").isNull()
                || pages.path("total_pages").asInt(1) > 1;
    }

    private static Conversation.Part part(JsonNode part) {
        return new Conversation.Part(
                part.path("id").asString(""),
                part.path("part_type").asString(""),
                optional(part, "body"),
                part.path("author").path("id").asString(""),
                part.path("author").path("type").asString(""),
                time(part.path("created_at")));
    }

    /** Seconds since 1970; null for anything else. */
    private static @Nullable Instant time(JsonNode seconds) {
        long time = seconds.asLong(0);
        return time <= 0 || time > LAST_SECOND ? null : Instant.ofEpochSecond(time);
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
