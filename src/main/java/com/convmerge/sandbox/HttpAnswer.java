package com.convmerge.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer on its way to the client, which an {@link AnswerChange} may change. */
public final class HttpAnswer {
    private final Arrival call;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private ObjectNode json;

    HttpAnswer(Arrival call, String body) {
        this.call = call;
        json = ConversationJson.template(body);
    }

    /** The call that is answered. */
    public Arrival call() {
        return call;
    }

    /** The body, which may be changed in place. */
    public ObjectNode json() {
        return json;
    }

    /** Replaces the body. */
    public void json(ObjectNode body) {
        json = body;
    }

    /** The body if it is a conversation. */
    public Optional<ObjectNode> conversation() {
        return json.path("type").asString("").equals("conversation") ? Optional.of(json) : Optional.empty();
    }

    /** Adds a header, or replaces the one of this name. */
    public void header(String name, String value) {
        headers.put(name, value);
    }

    /** The list of a conversation's parts, or a list that has no effect if this answer has none. */
    ArrayNode partList() {
        JsonNode list = json.at("/conversation_parts/conversation_parts");
        return list.isArray() ? (ArrayNode) list : ConversationJson.JSON.createArrayNode();
    }

    /** The parts of a conversation, oldest first; none if this answer has no parts. */
    List<ObjectNode> parts() {
        return StreamSupport.stream(partList().spliterator(), false)
                .map(ObjectNode.class::cast)
                .toList();
    }

    String body() {
        return ConversationJson.JSON.writeValueAsString(json);
    }

    /** Applies to the response what is not part of the body. */
    void finish(MockResponse.Builder response) {
        headers.forEach(response::setHeader);
    }
}
