package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON body of a call. Ids may come as numbers or as text: Intercom takes both. */
final class Parameters {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode root;

    private Parameters(JsonNode root) {
        this.root = root;
    }

    /** Reads a body; an empty one has no parameters. */
    static Parameters of(String body) {
        if (body.isBlank()) {
            return new Parameters(JSON.createObjectNode());
        }
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException e) {
            throw Refused.of(400, "bad_request", "Invalid JSON in the request body");
        }
        if (!root.isObject()) {
            throw Refused.of(400, "bad_request", "The request body must be a JSON object");
        }
        return new Parameters(root);
    }

    /** Returns {@code message_type} of a body that may be anything, or null: for the log and for fault plans. */
    static @Nullable String messageType(String body) {
        if (!body.contains("\"message_type\"")) {
            return null;
        }
        try {
            return of(body).text("message_type");
        } catch (Refused e) {
            return null;
        }
    }

    /** Returns a text or number as text, or null if there is none or it is something else. */
    @Nullable
    String text(String name) {
        JsonNode value = root.path(name);
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isNumber() ? value.toString() : null;
    }

    /** Returns a text or number that must be there and not be blank. */
    String required(String name) {
        String value = text(name);
        if (value == null || value.isBlank()) {
            throw Refused.parameter(name, name + " is required");
        }
        return value;
    }

    /** Returns a whole number, or null if there is none or it is something else. */
    @Nullable
    Long wholeNumber(String name) {
        JsonNode value = root.path(name);
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    boolean isTrue(String name) {
        return root.path(name).isBoolean() && root.path(name).booleanValue();
    }

    /** Returns an object within this one; without parameters if there is none. */
    Parameters object(String name) {
        JsonNode value = root.path(name);
        return new Parameters(value.isObject() ? value : JSON.createObjectNode());
    }

    JsonNode json() {
        return root;
    }
}
