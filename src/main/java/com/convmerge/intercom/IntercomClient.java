package com.convmerge.intercom;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.settings.AccessToken;
import com.convmerge.settings.IntercomSettings;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Intercom's REST API, as far as a merge needs it (API 2.16).
 *
 * <p>Each method makes one call and waits for the rate limit first. A call that certainly did not reach Intercom ({@code
 * NOT_SENT}) is tried again in place, and a read after any passing failure. A write is never sent a second time while the first
 * may have happened. What a {@link Departure} throws is passed on.
 */
public final class IntercomClient {
    /** The version of the API that the requests and answers here are written for. */
    private static final String API_VERSION = "2.16";

    /** Intercom's most ("Search conversations", API 2.16). */
    private static final int SEARCHED_AT_ONCE = 150;

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
        return get(answer -> json.conversation(answer, id), "conversations", id.value());
    }

    /** The same for a conversation that may have become a part of another one. A redirect is not followed. */
    public Answer<Whereabouts> whereIs(ConversationId id) {
        return get(new ReadsWhereabouts(json, id), "conversations", id.value());
    }

    /**
     * {@code POST /conversations/{id}/reply} with an internal note, which no customer sees.
     *
     * @param html the note's body, which is asked for after {@code departure}
     * @return the conversation with the note
     */
    @WritesToIntercom
    public Answer<Conversation> note(ConversationId id, String adminId, Departure departure, Supplier<String> html) {
        return post(
                departure,
                () -> Map.of("message_type", "note", "type", "admin", "admin_id", adminId, "body", html.get()),
                answer -> json.conversation(answer, id),
                "conversations",
                id.value(),
                "reply");
    }

    /** {@code POST /conversations/{id}/tags}; answers the tag's id. */
    @WritesToIntercom
    public Answer<String> tag(ConversationId id, String adminId, Departure departure, String tagId) {
        Map<String, String> tag = Map.of("id", tagId, "admin_id", adminId);
        return post(departure, () -> tag, json::tagId, "conversations", id.value(), "tags");
    }

    /** {@code POST /conversations/{id}/parts} with a close without text; answers the conversation. */
    @WritesToIntercom
    public Answer<Conversation> close(ConversationId id, String adminId, Departure departure) {
        Map<String, String> close = Map.of("message_type", "close", "type", "admin", "admin_id", adminId);
        return post(
                departure, () -> close, answer -> json.conversation(answer, id), "conversations", id.value(), "parts");
    }

    /** {@code POST /conversations/{id}/parts} with an opening; answers the conversation. */
    @WritesToIntercom
    public Answer<Conversation> open(ConversationId id, String adminId, Departure departure) {
        Map<String, String> open = Map.of("message_type", "open", "admin_id", adminId);
        return post(
                departure, () -> open, answer -> json.conversation(answer, id), "conversations", id.value(), "parts");
    }

    /** {@code POST /conversations/{id}/parts} that snoozes until {@code until}; answers the conversation. Repeating it changes nothing. */
    @WritesToIntercom
    public Answer<Conversation> snooze(ConversationId id, String adminId, Instant until) {
        return http.read(
                () -> request(snoozing(adminId, until), "conversations", id.value(), "parts"),
                answer -> json.conversation(answer, id));
    }

    /** The same for an undo, which writes down what it sends. */
    @WritesToIntercom
    public Answer<Conversation> snooze(ConversationId id, String adminId, Departure departure, Instant until) {
        return http.write(
                departure,
                () -> request(snoozing(adminId, until), "conversations", id.value(), "parts"),
                answer -> json.conversation(answer, id));
    }

    private byte[] snoozing(String adminId, Instant until) {
        return json.bytes(
                Map.of("message_type", "snoozed", "admin_id", adminId, "snoozed_until", until.getEpochSecond()));
    }

    /** {@code DELETE /conversations/{id}/tags/{tag_id}}; answers the tag's id. */
    @WritesToIntercom
    public Answer<String> untag(ConversationId id, String adminId, Departure departure, String tagId) {
        return http.write(
                departure,
                () -> {
                    OneShotJson body = new OneShotJson(json.bytes(Map.of("admin_id", adminId)));
                    return to("conversations", id.value(), "tags", tagId)
                            .delete(body)
                            .build();
                },
                json::tagId);
    }

    /** {@code POST /conversations/redact} of one part, which stays without its words; answers the conversation. */
    @WritesToIntercom
    public Answer<Conversation> redact(ConversationId id, Departure departure, String partId) {
        Map<String, String> part =
                Map.of("type", "conversation_part", "conversation_id", id.value(), "conversation_part_id", partId);
        return post(departure, () -> part, answer -> json.conversation(answer, id), "conversations", "redact");
    }

    /**
     * {@code POST /conversations/search} for what is snoozed; it changes nothing.
     *
     * @param after where the page begins; null for the first one
     */
    public Answer<SnoozedPage> searchSnoozed(@Nullable String after) {
        Map<String, Object> page = after == null
                ? Map.of("per_page", SEARCHED_AT_ONCE)
                : Map.of("per_page", SEARCHED_AT_ONCE, "starting_after", after);
        byte[] search = json.bytes(
                Map.of("query", Map.of("field", "state", "operator", "=", "value", "snoozed"), "pagination", page));
        return http.read(() -> request(search, "conversations", "search"), json::snoozed);
    }

    /**
     * {@code POST /conversations/{id}/merge}: Intercom's own merge of {@code secondary} into {@code primary}, which cannot be taken
     * back; answers the primary.
     */
    @WritesToIntercom
    public Answer<Conversation> mergeNative(ConversationId secondary, ConversationId primary, Departure departure) {
        Map<String, Long> into = Map.of("merge_into_conversation_id", Long.valueOf(primary.value()));
        return post(
                departure,
                () -> into,
                answer -> json.conversation(answer, primary),
                "conversations",
                secondary.value(),
                "merge");
    }

    /** {@code POST /tags}: the id of the tag of this name, which is created if it is missing. It may be repeated, like a read. */
    @WritesToIntercom
    public Answer<String> tagNamed(String name) {
        byte[] body = json.bytes(Map.of("name", name));
        return http.read(() -> request(body, "tags"), json::tagId);
    }

    private <T> Answer<T> get(AnswerReader<T> reader, String... path) {
        return http.read(() -> request(null, path), reader);
    }

    private <T> Answer<T> post(
            Departure departure, Supplier<? extends Map<String, ?>> body, AnswerReader<T> reader, String... path) {
        return http.write(departure, () -> request(json.bytes(body.get()), path), reader);
    }

    private Request request(byte @Nullable [] body, String... path) {
        Request.Builder request = to(path);
        return body == null
                ? request.get().build()
                : request.post(new OneShotJson(body)).build();
    }

    private Request.Builder to(String... path) {
        HttpUrl.Builder url = api.newBuilder();
        for (String segment : path) {
            url.addPathSegment(segment);
        }
        return new Request.Builder()
                .url(url.build())
                .header("Authorization", token.authorization())
                .header("Accept", "application/json")
                .header("Intercom-Version", API_VERSION)
                .header("User-Agent", "convmerge");
    }
}
