package com.convmerge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens, API versions and the rate limit. */
class AccessAndLimitTest {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.builder().clock(clock).rateLimit(3).start();
    private final Client client = new Client(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void callsNeedAnAcceptedToken() {
        Client.Reply none = new Client(sandbox.url(), "").get("/me");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.code()).isEqualTo("token_not_found");
        assertThat(none.header("X-RateLimit-Limit")).isEqualTo("none");
        Client.Reply wrong = new Client(sandbox.url(), "wrong").get("/me");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("unauthorized");
        assertThat(wrong.message()).isEqualTo("Access Token Invalid");
        assertThat(client.get("/me").header("X-RateLimit-Remaining"))
                .as("401 does not count")
                .isEqualTo("2");
    }

    /** As Intercom's older clients send it: the token is the user name, and there is no password. */
    @Test
    void theTokenMayBeTheUserNameOfHttpBasic() {
        assertThat(basic(Sandbox.TOKEN + ":").status()).isEqualTo(200);
        assertThat(basic(Sandbox.TOKEN).status()).isEqualTo(200);
        assertThat(basic("wrong:").code()).isEqualTo("unauthorized");
        assertThat(basic(":" + Sandbox.TOKEN).code()).isEqualTo("token_not_found");
        assertThat(authorization("Basic %%%").code()).isEqualTo("token_not_found");
        assertThat(authorization("bearer  " + Sandbox.TOKEN).status()).isEqualTo(200);
        sandbox.revokeToken();
        assertThat(basic(Sandbox.TOKEN + ":").code()).isEqualTo("token_revoked");
    }

    /** As intercom-ruby sends it. */
    @Test
    void otherAcceptHeadersAndNoVersionAreFine() {
        assertThat(client.send(client.request("/me/")
                                .header("Accept", "application/vnd.intercom.3+json")
                                .header("AcceptEncoding", "gzip, deflate")
                                .header("User-Agent", "Intercom-Ruby/2.4.0")
                                .GET())
                        .status())
                .isEqualTo(200);
        assertThat(version("/me", "Preview").status()).isEqualTo(200);
    }

    @Test
    void aRevokedTokenAnswers401UntilItIsAcceptedAgain() {
        sandbox.workspace().addConversation("101");
        sandbox.revokeToken();

        assertThat(client.note("101", "x").status()).isEqualTo(401);
        assertThat(client.note("101", "x").code()).isEqualTo("token_revoked");
        assertThat(sandbox.workspace().conversation("101").notes()).isEmpty();
        sandbox.acceptToken("another");
        assertThat(new Client(sandbox.url(), "another").get("/me").status()).isEqualTo(200);
        assertThat(client.get("/me").status()).isEqualTo(401);
        sandbox.acceptToken(Sandbox.TOKEN);
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void anUnknownVersionIsRejected() {
        assertThat(version("/me", "2.16").status()).isEqualTo(200);
        assertThat(version("/me", "1.4").status()).isEqualTo(200);
        Client.Reply unknown = version("/me", "2.99");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("intercom_version_invalid");
        assertThat(unknown.header("X-RateLimit-Limit")).isEqualTo("3");
    }

    @Test
    void theMergeIsRejectedForAnOlderVersion() {
        Client.Reply old = client.send(client.request("/conversations/1/merge")
                .header("Intercom-Version", "2.15")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(old.code()).isEqualTo("intercom_version_invalid");
    }

    @Test
    void everyAnswerHasTheStateOfTheRateLimit() {
        clock.advance(Duration.ofMillis(12_345));
        Client.Reply reply = client.get("/me");

        assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("3");
        assertThat(reply.header("X-RateLimit-Remaining")).isEqualTo("2");
        long reset = Long.parseLong(reply.header("X-RateLimit-Reset"));
        assertThat(reset).isEqualTo(clock.instant().getEpochSecond() / 10 * 10 + 10);
        assertThat(reply.header("Date")).isEqualTo("Fri, 21 Aug 2026 01:00:12 GMT");
        assertThat(client.get("/conversations/404").header("X-RateLimit-Remaining"))
                .isEqualTo("1");
        assertThat(reply.header("X-Request-Id")).isNotEqualTo(client.get("/me").header("X-Request-Id"));
    }

    @Test
    void callsAboveTheLimitHaveNoEffectUntilTheNextWindow() {
        sandbox.workspace().addConversation("101");
        for (int i = 0; i < 3; i++) {
            client.note("101", "x");
        }

        Client.Reply refused = client.note("101", "one too many");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("Retry-After")).isEqualTo("none");
        assertThat(sandbox.workspace().conversation("101").notes()).hasSize(3);
        assertThat(sandbox.count429()).isEqualTo(1);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(client.note("101", "x").status()).isEqualTo(429);
        clock.advance(Duration.ofMillis(1));
        assertThat(client.note("101", "x").header("X-RateLimit-Remaining")).isEqualTo("2");
        assertThat(sandbox.windows()).hasSize(2);
        assertThat(sandbox.windows().get(0).used()).isEqualTo(3);
        assertThat(sandbox.windows().get(0).refused()).isEqualTo(2);
        assertThat(sandbox.callCount()).isEqualTo(6);
    }

    @Test
    void theDefaultLimitIsThatOfIntercom() {
        try (Sandbox usual = Sandbox.builder().start()) {
            assertThat(new Client(usual).get("/me").header("X-RateLimit-Limit")).isEqualTo("1666");
        }
    }

    private Client.Reply basic(String credentials) {
        return authorization(
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private Client.Reply authorization(String value) {
        Client nobody = new Client(sandbox.url(), "");
        return nobody.send(nobody.request("/me").header("Authorization", value).GET());
    }

    private Client.Reply version(String path, String version) {
        return client.send(
                client.request(path).header("Intercom-Version", version).GET());
    }
}
