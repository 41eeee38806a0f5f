package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.FailureKind;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clients of one program, as two runs have them: they share the rate limit but not the permit. */
class IntercomTest {
    private static final String ME = "{\"id\": \"99\", \"app\": {\"id_code\": \"abc\"}}";

    private final MockWebServer server = new MockWebServer();
    private final TestPermit secondPermit = new TestPermit();
    private IntercomFixture ours;
    private IntercomClient second;

    @BeforeEach
    void start() throws Exception {
        server.start();
        ours = new IntercomFixture(server.url("/").uri());
        second = ours.client(secondPermit);
    }

    @AfterEach
    void close() {
        ours.close();
        server.close();
    }

    @Test
    void a_window_that_one_client_has_used_up_makes_the_other_wait() {
        Instant windowEnds = ours.clock().instant().plusSeconds(10);
        server.enqueue(new MockResponse.Builder()
                .code(200)
                .setHeader("X-RateLimit-Limit", "100")
                .setHeader("X-RateLimit-Remaining", "0")
                .setHeader("X-RateLimit-Reset", "" + windowEnds.getEpochSecond())
                .body(ME)
                .build());
        server.enqueue(new MockResponse.Builder().code(200).body(ME).build());

        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);
        assertThat(ours.totalSleep()).isZero();
        assertThat(second.me()).isInstanceOf(Answer.Ok.class);

        assertThat(ours.totalSleep()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
    }

    @Test
    void a_429_to_a_client_whose_permit_is_revoked_is_obeyed_by_the_other() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "30")
                .build());
        server.enqueue(new MockResponse.Builder().code(200).body(ME).build());
        // It is granted once as the call acquires its turn and once as the call leaves; then the run ends.
        int[] asked = {0};
        ours.permit().grantWhile(() -> {
            if (++asked[0] > 2) {
                ours.permit().revoke();
            }
            return asked[0] <= 2;
        });

        assertThat(ours.client().me()).isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(
                        failed.failure().kind())
                .isEqualTo(FailureKind.STOPS_THE_RUN));
        assertThat(second.me()).isInstanceOf(Answer.Ok.class);

        assertThat(ours.totalSleep()).isEqualTo(Duration.ofSeconds(30));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void each_permit_stops_its_own_client() {
        server.enqueue(new MockResponse.Builder().code(200).body(ME).build());
        secondPermit.revoke();

        assertThat(second.me()).isInstanceOf(Answer.Failed.class);
        assertThat(ours.client().me()).isInstanceOf(Answer.Ok.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
