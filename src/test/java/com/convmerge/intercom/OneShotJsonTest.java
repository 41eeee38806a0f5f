package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OkHttp sends a POST again by itself in four cases. It never does so with a body of this class. */
class OneShotJsonTest {
    private static final byte[] NOTE =
            "{\"message_type\":\"note\",\"type\":\"admin\",\"admin_id\":\"991267459\",\"body\":\"Merged\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Sandbox sandbox = Sandbox.builder().start();
    private final OkHttpClient client = new OkHttpClient();

    @AfterEach
    void close() {
        client.connectionPool().evictAll();
        sandbox.close();
    }

    /** If this test fails, OkHttp has changed, and the other tests of this class may no longer prove anything. */
    @ParameterizedTest
    @CsvSource({
        "DROP_AFTER, true",
        "REQUEST_TIMEOUT_408_AFTER, true",
        "REDIRECT_307, true",
        "UNAVAILABLE_503_AFTER, true",
        "UNAVAILABLE_503_AFTER, false"
    })
    void a_plain_body_arrives_twice(Fault fault, boolean retryOnConnectionFailure) throws IOException {
        post(RequestBody.create(NOTE, MediaType.get("application/json")), fault, retryOnConnectionFailure);

        assertThat(notesArrived()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "DROP_AFTER, true",
        "DROP_AFTER, false",
        "REQUEST_TIMEOUT_408_AFTER, true",
        "REQUEST_TIMEOUT_408_AFTER, false",
        "REDIRECT_307, true",
        "REDIRECT_307, false",
        "UNAVAILABLE_503_AFTER, true",
        "UNAVAILABLE_503_AFTER, false"
    })
    void a_one_shot_body_arrives_once(Fault fault, boolean retryOnConnectionFailure) throws IOException {
        post(new OneShotJson(NOTE), fault, retryOnConnectionFailure);

        assertThat(notesArrived()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_AFTER", "REQUEST_TIMEOUT_408_AFTER", "REDIRECT_307", "UNAVAILABLE_503_AFTER"})
    void a_note_of_ours_arrives_once(Fault fault) {
        sandbox.workspace().addConversation("42");
        try (IntercomFixture ours = new IntercomFixture(sandbox.url())) {
            // This puts a connection into the pool, which the fault can drop.
            ours.client().me();
            sandbox.faults(FaultPlan.on(call -> call.isNote(), fault));

            ours.client().note(new ConversationId("42"), "991267459", Departure.REPEATABLE, () -> "Merged");
        }
        assertThat(notesArrived()).hasSize(1);
    }

    @Test
    void the_body_is_the_json_with_its_length_and_type() throws IOException {
        byte[] json = "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8);
        OneShotJson body = new OneShotJson(json);
        json[0] = 'x';
        Buffer written = new Buffer();
        body.writeTo(written);

        assertThat(written.readUtf8()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(body.contentLength()).isEqualTo(10);
        assertThat(body.contentType()).hasToString("application/json; charset=utf-8");
        assertThat(body.isOneShot()).isTrue();
    }

    private void post(RequestBody body, Fault fault, boolean retryOnConnectionFailure) throws IOException {
        sandbox.workspace().addConversation("42");
        OkHttpClient caller = client.newBuilder()
                .retryOnConnectionFailure(retryOnConnectionFailure)
                .build();
        // This puts a connection into the pool, which the fault can drop.
        try (Response response = caller.newCall(request("/me").build()).execute()) {
            assertThat(response.code()).isEqualTo(200);
            response.body().bytes();
        }
        sandbox.faults(FaultPlan.on(call -> call.isNote(), fault));
        try (Response response = caller.newCall(
                        request("/conversations/42/reply").post(body).build())
                .execute()) {
            response.body().bytes();
        } catch (IOException e) {
            assertThat(fault).as("what fails with %s", e).isEqualTo(Fault.DROP_AFTER);
        }
    }

    private Request.Builder request(String path) {
        return new Request.Builder().url(sandbox.url() + path).header("Authorization", "Bearer " + Sandbox.TOKEN);
    }

    private List<Call> notesArrived() {
        return sandbox.calls().stream().filter(Call::isNote).toList();
    }
}
