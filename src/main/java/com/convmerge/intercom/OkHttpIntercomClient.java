package com.convmerge.intercom;

import com.convmerge.merge.ConversationId;
import java.net.URI;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@link IntercomClient} over HTTP: which call is which request, and how its answer reads. */
final class OkHttpIntercomClient implements IntercomClient {
    /** The version of the API that the requests and answers here are written for. */
    private static final String API_VERSION = "2.16";

    private final IntercomHttpClient calls;
    private final HttpUrl api;
    private final AccessToken token;
    private final IntercomJson json = new IntercomJson();

    OkHttpIntercomClient(IntercomHttpClient calls, URI api, AccessToken token) {
        this.calls = calls;
        this.api = java.util.Objects.requireNonNull(HttpUrl.get(api));
        this.token = token;
    }

    @Override
    public Answer<Admin> me() {
        return get(json::admin, "me");
    }

    @Override
    public Answer<Conversation> read(ConversationId id) {
        return get(json::conversation, "conversations", id.value());
    }

    @Override
    public Answer<Conversation> note(ConversationId id, String adminId, String html) {
        ObjectNode note = json.object()
                .put("message_type", "note")
                .put("type", "admin")
                .put("admin_id", adminId)
                .put("body", html);
        return post(note, json::conversation, "conversations", id.value(), "reply");
    }

    @Override
    public Answer<String> tag(ConversationId id, String adminId, String tagId) {
        ObjectNode tag = json.object().put("id", tagId).put("admin_id", adminId);
        return post(tag, json::tagId, "conversations", id.value(), "tags");
    }

    @Override
    public Answer<Conversation> close(ConversationId id, String adminId) {
        ObjectNode close =
                json.object().put("message_type", "close").put("type", "admin").put("admin_id", adminId);
        return post(close, json::conversation, "conversations", id.value(), "parts");
    }

    @Override
    public Answer<Conversation> open(ConversationId id, String adminId) {
        ObjectNode open = json.object().put("message_type", "open").put("admin_id", adminId);
        return post(open, json::conversation, "conversations", id.value(), "parts");
    }

    @Override
    public Answer<String> tagNamed(String name) {
        return post(json.object().put("name", name), json::tagId, "tags");
    }

    private <T> Answer<T> get(Function<byte[], T> reader, String... path) {
        return calls.read(() -> request(null, path), reader);
    }

    private <T> Answer<T> post(ObjectNode body, Function<byte[], T> reader, String... path) {
        byte[] bytes = json.bytes(body);
        return calls.write(() -> request(bytes, path), reader);
    }

    private Request request(byte @Nullable [] body, String... path) {
        HttpUrl.Builder url = api.newBuilder();
        for (String segment : path) {
            url.addPathSegment(segment);
        }
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .header("Authorization", token.authorization())
                .header("Accept", "application/json")
                .header("Intercom-Version", API_VERSION)
                .header("User-Agent", "convmerge");
        return body == null
                ? request.get().build()
                : request.post(new OneShotJson(body)).build();
    }
}
