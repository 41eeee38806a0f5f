package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.settings.AccessToken;
import com.convmerge.testing.RecordingSleeper;
import com.convmerge.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.internal.http2.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reset stream of HTTP/2 says about a note, over a real connection. */
class Http2RefusalTest {
    private static final ConversationId ID = new ConversationId("42");
    private static final int TRIES = 4;

    private final MockWebServer server = new MockWebServer();
    private final TestClock clock = new TestClock();
    private final OkHttpClient connections = new OkHttpClient.Builder()
            .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
            .build();
    private IntercomHttpClient http;
    private IntercomClient client;

    @BeforeEach
    void start() throws IOException {
        server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        server.start();
        RateLimitWindow window = new RateLimitWindow();
        RecordingSleeper sleeper = new RecordingSleeper(clock);
        RateLimiter limiter =
                new RateLimiter(window, CallPermit.ALWAYS, clock, clock.steady(), sleeper, Duration.ofMinutes(10));
        http = new IntercomHttpClient(
                connections, limiter, window, clock, clock.steady(), sleeper, TRIES, Duration.ofSeconds(1));
        client = new IntercomClient(http, server.url("/").uri(), new AccessToken("token"));
    }

    @AfterEach
    void close() {
        connections.connectionPool().evictAll();
        connections.dispatcher().executorService().shutdown();
        server.close();
    }

    @Test
    void a_refused_stream_was_not_sent_and_is_sent_again() {
        server.enqueue(reset(ErrorCode.REFUSED_STREAM));
        server.enqueue(new MockResponse.Builder()
                .body("{\"id\": \"42\", \"state\": \"open\"}")
                .build());

        assertThat(note()).isInstanceOf(Answer.Ok.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void streams_that_are_refused_again_and_again_were_not_sent() {
        for (int i = 0; i < TRIES; i++) {
            server.enqueue(reset(ErrorCode.REFUSED_STREAM));
        }

        assertThat(failure(note()).kind()).isEqualTo(FailureKind.NOT_SENT);
        assertThat(server.getRequestCount()).isEqualTo(TRIES);
    }

    @Test
    void what_a_server_that_goes_away_has_not_processed_was_not_sent() throws IOException {
        try (GoAwayServer leaving = new GoAwayServer()) {
            client = new IntercomClient(http, leaving.url(), new AccessToken("token"));

            assertThat(failure(note()).kind()).isEqualTo(FailureKind.NOT_SENT);
            assertThat(leaving.requests()).isEqualTo(TRIES);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "INTERNAL_ERROR", "NO_ERROR", "ENHANCE_YOUR_CALM"})
    void a_stream_that_was_reset_otherwise_is_in_doubt_and_not_sent_again(ErrorCode code) {
        server.enqueue(reset(code));

        assertThat(failure(note()).kind()).isEqualTo(FailureKind.IN_DOUBT);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private Answer<Conversation> note() {
        return client.note(ID, "99", Departure.REPEATABLE, () -> "x");
    }

    private static MockResponse reset(ErrorCode code) {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseStream(code.getHttpCode()))
                .build();
    }

    private static Failure failure(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure();
    }
}
