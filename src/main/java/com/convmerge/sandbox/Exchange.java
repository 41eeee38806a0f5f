package com.convmerge.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Builds the HTTP response to one call and reports to the log how the call ended. */
final class Exchange {
    private record ErrorList(String type, String requestId, List<Error> errors) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Error(
            String code, String message, @Nullable String field) {}

    private static final String PROXY_PAGE = """
            <html>
            <head><title>%1$s</title></head>
            <body><center><h1>%1$s</h1></center><hr><center>nginx</center></body>
            </html>
            """;

    private static final String BODY_WITHOUT_EFFECT =
            "{\"type\":\"conversation\",\"id\":\"1\",\"created_at\":1734537582}";

    private final Arrival arrival;
    private final String requestId;
    private final @Nullable Function<String, HttpAnswer> change;
    private final Consumer<Call> log;
    private final MockResponse.Builder response = new MockResponse.Builder();

    Exchange(
            Arrival arrival,
            Headers headers,
            Duration delay,
            @Nullable Function<String, HttpAnswer> change,
            Consumer<Call> log) {
        this.arrival = arrival;
        this.change = change;
        this.log = log;
        // Each call gets an id of its own, and a repeated test run gets the same ids again.
        requestId = new UUID(0x2859DA57C83F405CL, 0x8166_2400_0000_0000L + arrival.number()).toString();
        response.setHeader("Content-Type", "application/json; charset=utf-8")
                .setHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(arrival.at().atOffset(ZoneOffset.UTC)))
                .setHeader("X-Request-Id", requestId)
                .headersDelay(delay.toNanos(), TimeUnit.NANOSECONDS);
        if ("close".equalsIgnoreCase(headers.get("Connection"))) {
            response.setHeader("Connection", "close").onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        }
    }

    /** Adds the rate limit headers, which Intercom sends as soon as the token has told it which app is calling. */
    void limit(RateWindow.Standing standing) {
        response.setHeader("X-RateLimit-Limit", standing.limit())
                .setHeader("X-RateLimit-Remaining", standing.remaining())
                .setHeader("X-RateLimit-Reset", standing.reset());
    }

    /** The API accepts the call. */
    MockResponse answered(Answer answer) {
        return send(200, answer);
    }

    /** The API rejects the call. */
    MockResponse refused(Refused refused) {
        if (refused.location != null) {
            response.setHeader("Location", refused.location);
        }
        return send(refused.status, error(refused));
    }

    /**
     * The call meets a fault.
     *
     * @param answer the answer without the fault, or null if the fault occurs before the effect
     */
    MockResponse faulty(Fault fault, @Nullable Answer answer) {
        Integer usual = fault.status;
        Refused error = fault.error();
        Answer shown = error == null ? answer : error(error);
        String original = shown == null ? BODY_WITHOUT_EFFECT : json(shown);
        HttpAnswer changed = changed(original);
        Integer status = usual == null || changed == null ? usual : Integer.valueOf(changed.statusOr(usual));
        log.accept(new Call(arrival, status, answer != null && answer.effect(), fault));
        damage(fault, changed == null ? original : changed.body());
        if (status != null) {
            response.code(status);
        }
        if (changed != null) {
            changed.finish(response);
        }
        return response.build();
    }

    private void damage(Fault fault, String body) {
        switch (fault) {
            case DROP_BEFORE, DROP_AFTER -> response.onResponseStart(new SocketEffect.CloseSocket());
            case TIMEOUT_BEFORE, TIMEOUT_AFTER -> response.onResponseStart(SocketEffect.Stall.INSTANCE);
            case CUT_SHORT_AFTER -> response.body(body).onResponseBody(new SocketEffect.CloseSocket());
            case BROKEN_JSON_BEFORE, BROKEN_JSON_AFTER -> response.body(body.substring(0, body.length() * 2 / 3));
            case HTML_502_BEFORE, HTML_502_AFTER ->
                response.setHeader("Content-Type", "text/html").body(PROXY_PAGE.formatted("502 Bad Gateway"));
            case GATEWAY_504_BEFORE, GATEWAY_504_AFTER ->
                response.setHeader("Content-Type", "text/html").body(PROXY_PAGE.formatted("504 Gateway Time-out"));
            case UNAVAILABLE_503_BEFORE, UNAVAILABLE_503_AFTER ->
                response.setHeader("Retry-After", "0").body(body);
            case RATE_LIMITED_429_RETRY_AFTER ->
                response.setHeader("Retry-After", "1").body(body);
            case REDIRECT_302, REDIRECT_307, REDIRECT_308 ->
                response.setHeader("Location", arrival.path()).body("");
            default -> response.body(body);
        }
    }

    /** The answer as the plan changes it, or null if it stays as it is. */
    private @Nullable HttpAnswer changed(String body) {
        try {
            return change == null ? null : change.apply(body);
        } catch (RuntimeException e) {
            // A bug of a change must not look like a dropped connection.
            String error = json(error(Refused.of(500, "server_error", "The sandbox itself failed: " + e)));
            HttpAnswer failed = new HttpAnswer(arrival, error, id -> error);
            failed.status(500);
            return failed;
        }
    }

    /** The API's error in the form of an answer. */
    Answer error(Refused refused) {
        Error error = new Error(refused.code, refused.message, refused.field);
        return Answer.ok(new ErrorList("error.list", requestId, List.of(error)));
    }

    private MockResponse send(int status, Answer answer) {
        String body = arrival.method().equals("HEAD") ? "" : json(answer);
        HttpAnswer changed = body.isEmpty() ? null : changed(body);
        int shown = changed == null ? status : changed.statusOr(status);
        log.accept(new Call(arrival, shown, answer.effect(), null));
        response.code(shown).body(changed == null ? body : changed.body());
        if (changed != null) {
            changed.finish(response);
        }
        return response.build();
    }

    private static String json(Answer answer) {
        return ConversationJson.JSON.writeValueAsString(answer.body());
    }
}
