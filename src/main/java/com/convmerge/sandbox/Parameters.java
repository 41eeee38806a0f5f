package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON body of a call, or an object within it. Like Intercom, it accepts ids both as numbers and as text. */
record Parameters(JsonNode json) {
    /** Parses a body; an empty one has no parameters. */
    static Parameters of(String body) {
        JsonNode root;
        try {
            root = ConversationJson.JSON.readTree(body.isBlank() ? "{}" : body);
        } catch (JacksonException e) {
            throw Refused.of(400, "bad_request", "Invalid JSON in the request body");
        }
        if (!root.isObject()) {
            throw Refused.of(400, "bad_request", "The request body must be a JSON object");
        }
        return new Parameters(root);
    }

    /** Returns {@code message_type} for the log and for fault plans, or null if the body has none or is not JSON. */
    static @Nullable String messageType(String body) {
        return peeked("message_type", body);
    }

    /** Returns the conversation that a body names, in the same way. */
    static @Nullable String conversation(String body) {
        return peeked("conversation_id", body);
    }

    private static @Nullable String peeked(String name, String body) {
        if (!body.contains('"' + name + '"')) {
            return null;
        }
        try {
            return of(body).text(name);
        } catch (Refused e) {
            return null;
        }
    }

    /** Returns a text or number as text, or null if it is missing or of another type. */
    @Nullable
    String text(String name) {
        JsonNode value = json.path(name);
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isNumber() ? value.toString() : null;
    }

    /** Returns a text or number as text; rejects the call if it is missing or blank. */
    String required(String name) {
        String value = text(name);
        if (value == null || value.isBlank()) {
            throw Refused.parameter(name, name + " is required");
        }
        return value;
    }

    /** Returns an integer, or null if it is missing or of another type. */
    @Nullable
    Long wholeNumber(String name) {
        JsonNode value = json.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    /** Returns an object within this one, which has no parameters if it is missing. */
    Parameters object(String name) {
        JsonNode value = json.path(name);
        return value.isObject() ? new Parameters(value) : of("");
    }
}
