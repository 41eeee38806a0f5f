package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Each fault as a client sees it, and the plans that choose the faults. */
@Timeout(30)
class FaultTest {
    private static final EnumSet<Fault> UNANSWERED = EnumSet.of(
            Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.CUT_SHORT_AFTER);

    private final Sandbox sandbox = Sandbox.builder().start();
    private final SandboxWorkspace workspace = sandbox.workspace();
    private final OkHttpClient once = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .readTimeout(Duration.ofSeconds(20))
            .build();
    private final OkHttpClient impatient =
            once.newBuilder().readTimeout(Duration.ofMillis(1_500)).build();

    @BeforeEach
    void seed() {
        workspace.addConversation("101");
        workspace.addConversation("102");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void onlyFaultsNamedAfterLetTheCallHaveItsEffect(Fault fault) {
        sandbox.faults(FaultPlan.on(Arrival::isNote, fault));

        // On a busy machine an answer may take seconds, and only the hanging calls should time out.
        OkHttpClient client = fault.name().startsWith("TIMEOUT") ? impatient : once;
        Throwable failure = catchThrowable(
                () -> client.newCall(request("101", true)).execute().close());
        await().until(() -> sandbox.callCount() == 1);

        assertThat(workspace.conversation("101").notes()).hasSize(fault.isAfterEffect() ? 1 : 0);
        assertThat(failure != null).isEqualTo(UNANSWERED.contains(fault) && fault != Fault.CUT_SHORT_AFTER);
        Call call = sandbox.calls().get(0);
        assertThat(call.fault()).isEqualTo(fault);
        assertThat(call.effect()).isEqualTo(fault.isAfterEffect());
        assertThat(call.status() == null).isEqualTo(failure != null);
    }

    @Test
    void faultsAnswerWithTheirStatusAndBody() throws IOException {
        expect(Fault.ERROR_500_AFTER, 500, "\"code\":\"server_error\"");
        expect(Fault.HTML_502_BEFORE, 502, "<h1>502 Bad Gateway</h1>");
        expect(Fault.GATEWAY_504_AFTER, 504, "<h1>504 Gateway Time-out</h1>");
        expect(Fault.UNAVAILABLE_503_AFTER, 503, "\"code\":\"service_unavailable\"");
        expect(Fault.REQUEST_TIMEOUT_408_AFTER, 408, "error.list");
        expect(Fault.RATE_LIMITED_429, 429, "rate_limit_exceeded");
        expect(Fault.UNAUTHORIZED_401, 401, "Access Token Invalid");
        expect(Fault.FORBIDDEN_PLAN_403, 403, "api_plan_restricted");
        expect(Fault.ADMIN_NOT_FOUND, 404, "admin_not_found");
        expect(Fault.NOT_FOUND_404, 404, "\"code\":\"not_found\"");
        expect(Fault.USER_NOT_FOUND_404, 404, "User Not Found");
        expect(Fault.UNPROCESSABLE_422, 422, "parameter_invalid");
    }

    private void expect(Fault fault, int status, String text) throws IOException {
        sandbox.faults(FaultPlan.on(Arrival::isNote, fault));
        try (Response response = note("101", true)) {
            assertThat(response.code()).isEqualTo(status);
            assertThat(response.body().string()).contains(text);
            assertThat(response.header("X-RateLimit-Limit")).isEqualTo("1666");
        }
    }

    @Test
    void brokenJsonIsA200WithAnIncompleteBody() throws IOException {
        for (Fault fault : List.of(Fault.BROKEN_JSON_BEFORE, Fault.BROKEN_JSON_AFTER)) {
            sandbox.faults(FaultPlan.on(Arrival::isNote, fault));
            try (Response response = note("101", true)) {
                String body = response.body().string();
                assertThat(response.code()).isEqualTo(200);
                assertThatThrownBy(() -> new JsonMapper().readTree(body)).isInstanceOf(JacksonException.class);
            }
        }
    }

    @Test
    void anAnswerCutShortIsShorterThanItsContentLength() throws IOException {
        sandbox.faults(FaultPlan.on(Arrival::isNote, Fault.CUT_SHORT_AFTER));
        try (Response response = note("101", true)) {
            assertThat(response.code()).isEqualTo(200);
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void okHttpRepeatsACallByItselfAfter503And408And307() throws IOException {
        for (Fault fault : List.of(Fault.UNAVAILABLE_503_AFTER, Fault.REQUEST_TIMEOUT_408_AFTER, Fault.REDIRECT_307)) {
            String id = workspace
                    .addConversation("50" + (fault.isAfterEffect() ? 1 : 2)
                            + fault.name().length())
                    .id();
            sandbox.faults(FaultPlan.on(call -> call.isFor(id), fault));
            new OkHttpClient().newCall(request(id, false)).execute().close();

            assertThat(sandbox.calls().stream().filter(call -> call.arrival().isFor(id)))
                    .as("%s", fault)
                    .extracting(call -> call.arrival().attempt())
                    .containsExactly(1, 2);
            assertThat(workspace.conversation(id).notes()).hasSize(fault.isAfterEffect() ? 2 : 1);
        }
    }

    @Test
    void closingTheSandboxDoesNotWaitForUnansweredCalls() {
        sandbox.faults(FaultPlan.always(call -> true, Fault.TIMEOUT_AFTER));
        Throwable failure =
                catchThrowable(() -> impatient.newCall(request("101", true)).execute());
        assertThat(failure).isInstanceOf(java.net.SocketTimeoutException.class);

        long start = System.nanoTime();
        sandbox.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aCallThatTheApiRejectsHasNoEffectUnderAFaultEither() {
        sandbox.faults(FaultPlan.always(call -> true, Fault.DROP_AFTER));
        Throwable failure = catchThrowable(() -> note("999", true));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(sandbox.calls().get(0).effect()).isFalse();
    }

    @Test
    void plansEndAfterTheirFaultsAndCanBeCombined() throws IOException {
        sandbox.faults(FaultPlan.on(call -> call.isFor("101"), Fault.ERROR_500_BEFORE, Fault.RATE_LIMITED_429)
                .and(FaultPlan.always(call -> call.isFor("102"), Fault.NOT_FOUND_404)));

        assertThat(statuses("101", 4)).containsExactly(500, 429, 200, 200);
        assertThat(statuses("102", 2)).containsExactly(404, 404);
        sandbox.faults(FaultPlan.none());
        assertThat(statuses("102", 1)).containsExactly(200);
    }

    @Test
    void randomFaultsDependOnTheSeedAndNotOnTheOrderOfCalls() {
        FaultPlan plan = FaultPlan.random(7, 0.25, EnumSet.of(Fault.DROP_AFTER, Fault.ERROR_500_BEFORE));
        FaultPlan same = FaultPlan.random(7, 0.25, EnumSet.of(Fault.ERROR_500_BEFORE, Fault.DROP_AFTER));
        FaultPlan other = FaultPlan.random(8, 0.25, EnumSet.of(Fault.DROP_AFTER, Fault.ERROR_500_BEFORE));
        List<Arrival> calls =
                IntStream.range(0, 4_000).mapToObj(FaultTest::arrival).toList();

        assertThat(calls).allSatisfy(call -> assertThat(plan.faultFor(call)).isEqualTo(same.faultFor(call)));
        long faults =
                calls.stream().filter(call -> plan.faultFor(call).isPresent()).count();
        assertThat(faults).isBetween(900L, 1_100L);
        assertThat(calls.stream().map(plan::faultFor).distinct()).hasSize(3);
        assertThat(calls).anyMatch(call -> !plan.faultFor(call).equals(other.faultFor(call)));
        assertThatThrownBy(() -> FaultPlan.random(1, 1.5, EnumSet.of(Fault.DROP_AFTER)))
                .hasMessageContaining("1.5");
    }

    private static Arrival arrival(int i) {
        return new Arrival(
                i, Instant.EPOCH, i % 3 + 1, Route.REPLY, "POST", "/conversations/" + i + "/reply", "" + i, "note", "");
    }

    private List<Integer> statuses(String conversation, int calls) {
        return IntStream.range(0, calls)
                .map(i -> {
                    try (Response response = note(conversation, true)) {
                        return response.code();
                    } catch (IOException e) {
                        return -1;
                    }
                })
                .boxed()
                .toList();
    }

    private Response note(String conversation, boolean oneShot) throws IOException {
        return once.newCall(request(conversation, oneShot)).execute();
    }

    private Request request(String conversation, boolean oneShot) {
        String json = "{\"message_type\":\"note\",\"type\":\"admin\",\"admin_id\":\"991267459\",\"body\":\"hi\"}";
        RequestBody body = RequestBody.create(json, MediaType.get("application/json"));
        return new Request.Builder()
                .url(sandbox.url() + "/conversations/" + conversation + "/reply")
                .header("Authorization", "Bearer " + Sandbox.TOKEN)
                .post(oneShot ? new OneShot(body) : body)
                .build();
    }

    private static final class OneShot extends RequestBody {
        private final RequestBody body;

        OneShot(RequestBody body) {
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public void writeTo(okio.BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }

        @Override
        public boolean isOneShot() {
            return true;
        }
    }
}
