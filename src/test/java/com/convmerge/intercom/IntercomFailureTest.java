package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.internal.http2.ConnectionShutdownException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntercomFailureTest {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        // No request can succeed.
        "401, unauthorized, STOPS_THE_RUN",
        "401, token_not_found, STOPS_THE_RUN",
        "401, token_revoked, STOPS_THE_RUN",
        "401, token_expired, STOPS_THE_RUN",
        "401, token_unauthorized, STOPS_THE_RUN",
        "401, something_new, STOPS_THE_RUN",
        "403, api_plan_restricted, STOPS_THE_RUN",
        "403, forbidden, STOPS_THE_RUN",
        "400, admin_not_found, STOPS_THE_RUN",
        "404, admin_not_found, STOPS_THE_RUN",
        "422, admin_not_found, STOPS_THE_RUN",
        "500, admin_not_found, STOPS_THE_RUN",
        // This request cannot succeed.
        "404, not_found, NOT_FOUND",
        "404, something_new, NOT_FOUND",
        "400, parameter_invalid, REFUSED",
        "400, api_plan_restricted, REFUSED",
        "402, something_new, REFUSED",
        "403, something_new, REFUSED",
        "405, something_new, REFUSED",
        "409, conflict, REFUSED",
        "410, gone, REFUSED",
        "415, media_type_not_acceptable, REFUSED",
        "422, parameter_invalid, REFUSED",
        "422, something_new, REFUSED",
        "301, something_new, REFUSED",
        "307, something_new, REFUSED",
        // Nothing happened. Another try can help.
        "429, rate_limit_exceeded, NOT_SENT",
        "429, too_many_requests, NOT_SENT",
        "429, something_new, NOT_SENT",
        // The call may have had its effect.
        "408, request_timeout, IN_DOUBT",
        "500, server_error, IN_DOUBT",
        "502, bad_gateway, IN_DOUBT",
        "503, service_unavailable, IN_DOUBT",
        "504, gateway_timeout, IN_DOUBT",
        "520, something_new, IN_DOUBT",
        "599, not_found, IN_DOUBT"
    })
    void an_error_of_the_api_is_classified_by_status_and_code(int status, String code, FailureKind kind) {
        assertThat(IntercomFailure.of(status, errorList(code, "Some words")))
                .isEqualTo(new Failure(kind, status, code, "Some words", "b1f6-77"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "401, STOPS_THE_RUN",
        "403, REFUSED",
        "404, NOT_FOUND",
        "400, REFUSED",
        "429, NOT_SENT",
        "408, IN_DOUBT",
        "502, IN_DOUBT"
    })
    void the_page_of_a_proxy_is_classified_by_its_status(int status, FailureKind kind) {
        String page = """
                <html><head><title>Bad Gateway</title><style>h1 { color: red }</style></head>
                <body><script>
                  track();
                </script><h1>Bad Gateway</h1>\t<hr>nginx</body></html>
                """;

        assertThat(IntercomFailure.of(status, page))
                .isEqualTo(new Failure(kind, status, "http_" + status, "Bad Gateway Bad Gateway nginx", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "<html></html>"})
    void an_empty_body_is_reported_as_such(String body) {
        assertThat(IntercomFailure.of(503, body).message()).isEqualTo("an answer without a body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "null", "7", "{\"errors\":[]}", "{\"errors\":{}}", "{\"errors\":[{\"code\":\"\"}]}"})
    void json_without_an_error_is_classified_by_its_status(String body) {
        Failure failure = IntercomFailure.of(400, body);

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure.code()).isEqualTo("http_400");
        assertThat(failure.message()).isEqualTo(body);
    }

    @Test
    void message_and_request_id_may_be_missing() {
        assertThat(IntercomFailure.of(404, "{\"errors\":[{\"code\":\"not_found\"}]}"))
                .isEqualTo(new Failure(FailureKind.NOT_FOUND, 404, "not_found", "", null));
    }

    @Test
    void the_first_of_several_errors_counts() {
        String two = "{\"errors\":[{\"code\":\"first\",\"message\":\"1\"},{\"code\":\"admin_not_found\"}]}";

        assertThat(IntercomFailure.of(422, two).code()).isEqualTo("first");
    }

    @Test
    void code_and_message_are_one_line_without_control_characters() {
        Failure failure = IntercomFailure.of(
                422, errorList("bad\\u001b[31m", "one\\r\\ntwo\\u0000\\u0007three\\t\\u0085four\\u009b1m\\u2028five"));

        assertThat(failure.code()).isEqualTo("bad?[31m");
        assertThat(failure.message()).isEqualTo("one two??three four?1m five");
        assertThat(failure.describe()).doesNotContainPattern("\\p{Cc}");
    }

    @Test
    void a_long_message_is_cut() {
        Failure failure = IntercomFailure.of(422, errorList("x".repeat(9_000), "y".repeat(9_000)));

        assertThat(failure.message()).isEqualTo("y".repeat(500) + "…");
        assertThat(failure.code()).isEqualTo("x".repeat(200) + "…");
        assertThat(IntercomFailure.of(502, "z".repeat(9_000)).message()).hasSize(501);
    }

    @Test
    void a_cut_does_not_split_a_character() {
        String cats = "x" + "\uD83D\uDC08".repeat(300);

        assertThat(IntercomFailure.of(422, errorList("bad", cats)).message())
                .isEqualTo("x" + "\uD83D\uDC08".repeat(249) + "…");
    }

    @Test
    void a_2xx_that_cannot_be_read_is_in_doubt() {
        assertThat(IntercomFailure.unreadable(200, "the answer is not JSON"))
                .isEqualTo(new Failure(FailureKind.IN_DOUBT, 200, "unreadable_answer", "the answer is not JSON", null));
    }

    @Test
    void no_answer_is_in_doubt_once_the_request_left() {
        IOException timeout = new SocketTimeoutException("timeout");

        assertThat(IntercomFailure.noAnswer(true, timeout))
                .isEqualTo(Failure.withoutAnswer(FailureKind.IN_DOUBT, "timed_out", "no answer in time: timeout"));
    }

    @Test
    void a_connection_that_the_server_had_left_means_not_sent() {
        assertThat(IntercomFailure.noAnswer(true, new ConnectionShutdownException())
                        .kind())
                .isEqualTo(FailureKind.NOT_SENT);
    }

    @Test
    void no_connection_means_not_sent() {
        assertThat(IntercomFailure.noAnswer(false, new ConnectException()))
                .isEqualTo(Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", "no connection"));
    }

    @Test
    void what_broke_off_is_told_without_the_words_of_java() {
        assertThat(List.of(
                        new UnknownHostException("api.intercom.example"),
                        new SSLHandshakeException("certificate expired"),
                        new EOFException(),
                        new SocketException("Connection reset")))
                .extracting(e -> IntercomFailure.noAnswer(true, e).message())
                .containsExactly(
                        "the name of the host is not known: api.intercom.example",
                        "no secure connection: certificate expired",
                        "the connection broke off",
                        "the connection broke off: Connection reset");
    }

    private static String errorList(String code, String message) {
        return "{\"type\":\"error.list\",\"request_id\":\"b1f6-77\",\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
                .formatted(code, message);
    }
}
