package com.convmerge.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer on its way to the client, which an {@link AnswerChange} may change. */
public final class HttpAnswer {
    // An endless body is slow, so that it does not fill a client's memory before a time-out ends the call.
    private static final int ENDLESS_BYTES_PER_PAUSE = 640;
    private static final int ENDLESS_PAUSE_MILLIS = 100;

    private final Arrival call;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Function<String, String> conversations;
    private ObjectNode json;
    private @Nullable Integer status;
    private int padding;
    private @Nullable Duration perByte;
    private boolean endless;

    /** @param conversations finds the JSON of a conversation by its id */
    HttpAnswer(Arrival call, String body, Function<String, String> conversations) {
        this.call = call;
        this.conversations = conversations;
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

    /** Sets another status. */
    public void status(int value) {
        status = value;
    }

    /** The true JSON of any conversation of the sandbox. */
    ObjectNode conversationOf(String id) {
        return ConversationJson.template(conversations.apply(id));
    }

    void padding(int spaces) {
        padding = spaces;
    }

    void dripping(Duration time) {
        perByte = time;
    }

    void endless() {
        endless = true;
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
        return " ".repeat(padding) + ConversationJson.JSON.writeValueAsString(json);
    }

    /** The status, if it is to be another one. */
    int statusOr(int usual) {
        return status == null ? usual : status;
    }

    /** Applies to the response the headers, and how its body is sent. */
    void finish(MockResponse.Builder response) {
        headers.forEach(response::setHeader);
        if (endless) {
            String body = body();
            response.body(new EndlessBody(body.substring(0, body.length() - 1)))
                    .throttleBody(ENDLESS_BYTES_PER_PAUSE, ENDLESS_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .removeHeader("Content-Length")
                    .setHeader("Connection", "close");
        }
        if (perByte != null) {
            response.throttleBody(1, perByte.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
