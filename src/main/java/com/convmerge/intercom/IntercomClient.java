package com.convmerge.intercom;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.settings.AccessToken;
import com.convmerge.settings.IntercomSettings;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Intercom's REST API, as far as a merge needs it (API 2.16).
 *
 * <p>Each method makes one call and waits for the rate limit first. A call that certainly did not reach Intercom ({@code
 * NOT_SENT}) is tried again in place, and a read after any passing failure. A write is never sent a second time while the first
 * may have happened.
 */
public final class IntercomClient {
    /** The version of the API that the requests and answers here are written for. */
    private static final String API_VERSION = "2.16";

    private final IntercomHttpClient http;
    private final HttpUrl api;
    private final AccessToken token;
    private final IntercomJson json = new IntercomJson();

    IntercomClient(IntercomHttpClient http, URI api, AccessToken token) {
        this.http = http;
        HttpUrl url = HttpUrl.get(api);
        if (url == null) {
            throw new ConfigurationProblem(IntercomSettings.NO_ADDRESS);
        }
        this.api = url;
        this.token = token;
    }

    /** {@code GET /me}. */
    public Answer<Admin> me() {
        return get(json::admin, "me");
    }

    /** {@code GET /conversations/{id}}. */
    public Answer<Conversation> read(ConversationId id) {
        return get(json::conversation, "conversations", id.value());
    }

    /**
     * {@code POST /conversations/{id}/reply} with an internal note, which no customer sees.
     *
     * @param html the note's body
     * @return the conversation with the note
     */
    @WritesToIntercom
    public Answer<Conversation> note(ConversationId id, String adminId, String html) {
        Map<String, String> note = Map.of("message_type", "note", "type", "admin", "admin_id", adminId, "body", html);
        return post(note, json::conversation, "conversations", id.value(), "reply");
    }

    /** {@code POST /conversations/{id}/tags}; answers the tag's id. */
    @WritesToIntercom
    public Answer<String> tag(ConversationId id, String adminId, String tagId) {
        Map<String, String> tag = Map.of("id", tagId, "admin_id", adminId);
        return post(tag, json::tagId, "conversations", id.value(), "tags");
    }

    /** {@code POST /conversations/{id}/parts} with a close without text; answers the conversation. */
    @WritesToIntercom
    public Answer<Conversation> close(ConversationId id, String adminId) {
        Map<String, String> close = Map.of("message_type", "close", "type", "admin", "admin_id", adminId);
        return post(close, json::conversation, "conversations", id.value(), "parts");
    }

    /** {@code POST /conversations/{id}/parts} with an opening; answers the conversation. */
    @WritesToIntercom
    public Answer<Conversation> open(ConversationId id, String adminId) {
        Map<String, String> open = Map.of("message_type", "open", "admin_id", adminId);
        return post(open, json::conversation, "conversations", id.value(), "parts");
    }

    /** {@code POST /tags}: the id of the tag of this name, which is created if it is missing. */
    @WritesToIntercom
    public Answer<String> tagNamed(String name) {
        return post(Map.of("name", name), json::tagId, "tags");
    }

    private <T> Answer<T> get(Function<byte[], T> reader, String... path) {
        return http.read(() -> request(null, path), reader);
    }

    private <T> Answer<T> post(Map<String, String> body, Function<byte[], T> reader, String... path) {
        byte[] bytes = json.bytes(body);
        return http.write(() -> request(bytes, path), reader);
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
