package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which request each method sends, and how it reads the answer. */
class IntercomClientTest {
    private static final ConversationId ID = new ConversationId("42");
    private static final String CONVERSATION = """
            {"type": "conversation", "id": "42", "state": "closed", "new_field": {"a": 1},
             "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "7", "name": "vip"}, {"id": 8}]},
             "conversation_parts": {"conversation_parts": [
               {"id": "1", "part_type": "note", "body": "<p>ref cm-1</p>", "created_at": 1787274010},
               {"id": "2", "part_type": "close", "body": null}]}}
            """;

    private final MockWebServer server = new MockWebServer();
    private IntercomFixture ours;

    @BeforeEach
    void start() throws Exception {
        server.start();
        ours = new IntercomFixture(server.url("/proxy/").uri());
    }

    @AfterEach
    void close() {
        ours.close();
        server.close();
    }

    @Test
    void me_returns_admin_workspace_and_region() throws Exception {
        answer("{\"id\": \"99\", \"name\": \"Olivia\", \"email\": \"olivia@example.com\","
                + " \"app\": {\"id_code\": \"abc\", \"name\": \"Acme\", \"region\": \"EU\"}}");

        assertThat(ours.client().me())
                .isEqualTo(new Answer.Ok<>(new Admin("99", "Olivia", "olivia@example.com", "abc", "Acme", "EU"), 200));
        assertGet("/proxy/me");
    }

    @Test
    void optional_fields_of_me_are_null_if_they_are_missing() {
        answer("{\"id\": 99, \"app\": {\"id_code\": \"abc\", \"region\": null}}");

        assertThat(ours.client().me()).isEqualTo(new Answer.Ok<>(new Admin("99", null, null, "abc", null, null), 200));
    }

    @Test
    void a_conversation_is_read_with_state_tags_and_parts() throws Exception {
        answer(CONVERSATION);

        Conversation conversation = value(ours.client().read(ID));

        assertThat(conversation.id()).isEqualTo("42");
        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.tags()).isEqualTo(Map.of("7", "", "8", ""));
        assertThat(conversation.parts())
                .containsExactly(
                        new Conversation.Part("1", "note", "<p>ref cm-1</p>", "", Instant.ofEpochSecond(1_787_274_010)),
                        new Conversation.Part("2", "close", null, "", null));
        assertGet("/proxy/conversations/42");
    }

    @Test
    void a_conversation_without_tags_and_parts_has_none() {
        answer("{\"id\": \"42\", \"state\": \"open\", \"tags\": null}");

        assertThat(value(ours.client().read(ID))).isEqualTo(new Conversation("42", "open", Map.of(), List.of(), null));
    }

    @Test
    void a_note_is_internal_and_the_conversation_comes_back() throws Exception {
        answer(CONVERSATION);

        assertThat(value(ours.client().note(ID, "99", Departure.REPEATABLE, () -> "<p>Merged \"ü\" into</p>"))
                        .isClosed())
                .isTrue();
        assertPost(
                "/proxy/conversations/42/reply",
                "{'message_type': 'note', 'type': 'admin', 'admin_id': '99', 'body': '<p>Merged \\\"ü\\\" into</p>'}");
    }

    @Test
    void a_conversation_is_tagged_with_the_id_of_the_tag() throws Exception {
        answer("{\"type\": \"tag\", \"id\": \"7\", \"name\": \"merged-duplicate\"}");

        assertThat(value(ours.client().tag(ID, "99", Departure.REPEATABLE, "7")))
                .isEqualTo("7");
        assertPost("/proxy/conversations/42/tags", "{'id': '7', 'admin_id': '99'}");
    }

    @Test
    void a_close_has_no_text_for_the_customer() throws Exception {
        answer(CONVERSATION);

        assertThat(value(ours.client().close(ID, "99", Departure.REPEATABLE)).isClosed())
                .isTrue();
        assertPost("/proxy/conversations/42/parts", "{'message_type': 'close', 'type': 'admin', 'admin_id': '99'}");
    }

    @Test
    void an_opening_has_no_text_for_the_customer() throws Exception {
        answer(CONVERSATION);

        assertThat(value(ours.client().open(ID, "99", Departure.REPEATABLE)).id())
                .isEqualTo("42");
        assertPost("/proxy/conversations/42/parts", "{'message_type': 'open', 'admin_id': '99'}");
    }

    @Test
    void a_tag_is_found_or_made_by_its_name() throws Exception {
        answer("{\"type\": \"tag\", \"id\": \"7\"}");

        assertThat(value(ours.client().tagNamed("merged-duplicate"))).isEqualTo("7");
        assertPost("/proxy/tags", "{'name': 'merged-duplicate'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "<html>ok</html>",
                "[]",
                "null",
                "7",
                "{}",
                "{\"id\": \"42\"}",
                "{\"id\": \"\", \"state\": \"open\"}",
                "{\"id\": {}, \"state\": \"open\"}",
                "{\"state\": \"open\"}",
                "{\"id\": \"42\", \"state\": null}"
            })
    void a_conversation_that_cannot_be_read_is_in_doubt(String body) {
        answer(body);

        assertThat(ours.client().note(ID, "99", Departure.REPEATABLE, () -> "x"))
                .isInstanceOfSatisfying(Answer.Failed.class, failed -> {
                    assertThat(failed.failure().kind()).isEqualTo(FailureKind.IN_DOUBT);
                    assertThat(failed.failure().httpStatus()).isEqualTo(200);
                    assertThat(failed.failure().code()).isEqualTo("unreadable_answer");
                });
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void the_missing_field_is_named() {
        answer("{\"name\": \"merged-duplicate\"}");

        assertThat(((Answer.Failed<String>) ours.client().tag(ID, "99", Departure.REPEATABLE, "7"))
                        .failure()
                        .message())
                .isEqualTo("no \"id\" in the answer");
    }

    @Test
    void a_429_is_obeyed_for_as_long_as_it_asks() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "30")
                .build());
        answer("{\"id\": \"7\"}");

        assertThat(value(ours.client().tag(ID, "99", Departure.REPEATABLE, "7")))
                .isEqualTo("7");
        assertThat(ours.totalSleep()).isEqualTo(Duration.ofSeconds(30));
    }

    /** Each of them is a valid URI, but no address that OkHttp can call. */
    @ParameterizedTest
    @ValueSource(strings = {"https://api.intercom.io:99999999", "https://api.intercom.io:70000"})
    void a_base_url_that_no_call_can_use_is_refused_and_not_repeated(URI baseUrl) {
        assertThatThrownBy(() -> new IntercomFixture(baseUrl))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessage("INTERCOM_BASE_URL is not an address such as https://api.intercom.io");
    }

    private void answer(String json) {
        server.enqueue(new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/json")
                .body(json)
                .build());
    }

    private void assertGet(String path) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getBodySize()).isZero();
        assertHeaders(request, path);
    }

    private void assertPost(String path, String json) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        String body = Objects.requireNonNull(request.getBody()).string(StandardCharsets.UTF_8);
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(json(body)).isEqualTo(json(json.replace('\'', '"')));
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertHeaders(request, path);
    }

    private static void assertHeaders(RecordedRequest request, String path) {
        assertThat(request.getTarget()).isEqualTo(path);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sandbox-token");
        assertThat(request.getHeaders().get("Intercom-Version")).isEqualTo("2.16");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("convmerge");
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    private static <T> T value(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        return ((Answer.Ok<T>) answer).value();
    }
}
