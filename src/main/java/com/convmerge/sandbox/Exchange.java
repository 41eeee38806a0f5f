package com.convmerge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One call on its way out: puts the headers that every answer has on it, and writes down what became of the call. */
final class Exchange {

    private final Request request;
    private final Instant at;
    private final String requestId;
    private final Consumer<Call> log;
    private final MockResponse.Builder response = new MockResponse.Builder();

    Exchange(Request request, Headers headers, Instant at, Duration delay, Consumer<Call> log) {
        this.request = request;
        this.at = at;
        this.log = log;
        // Different for each call, and the same in each run.
        requestId = new UUID(
                        0x2859DA57C83F405CL,
                        0x8166_2400_0000_0000L + request.arrival().number())
                .toString();
        response.setHeader("Content-Type", "application/json; charset=utf-8")
                .setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)))
                .setHeader("X-Request-Id", requestId)
                .headersDelay(delay.toNanos(), TimeUnit.NANOSECONDS);
        if ("close".equalsIgnoreCase(headers.get("Connection"))) {
            response.setHeader("Connection", "close").onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        }
    }

    /** Puts the rate limit on the answer, as Intercom does once it knows the app. */
    void limit(RateWindow.Standing standing) {
        response.setHeader("X-RateLimit-Limit", standing.limit())
                .setHeader("X-RateLimit-Remaining", standing.remaining())
                .setHeader("X-RateLimit-Reset", standing.reset());
    }

    void retryAfter(long seconds) {
        response.setHeader("Retry-After", seconds);
    }

    /** The API did as it was asked. */
    MockResponse answered(Answer answer) {
        return send(answer.status(), json(answer.body()), answer.effect());
    }

    /** The API turned the call down. */
    MockResponse refused(Refused refused) {
        return send(refused.status(), json(error(refused)), false);
    }

    /**
     * The call went wrong on the way.
     *
     * @param answer what would have been answered, or null if nothing was done
     */
    MockResponse faulty(Fault fault, @Nullable Answer answer) {
        Integer status = FaultAnswers.status(fault);
        log.accept(new Call(request.arrival(), at, status, answer != null && answer.effect(), fault));
        Refused error = FaultAnswers.error(fault);
        if (error != null) {
            return FaultAnswers.spoil(
                    fault, response, json(error(error)), request.arrival().path());
        }
        String body = answer == null
                ? "{\"type\":\"conversation\",\"id\":\"1\",\"created_at\":1734537582}"
                : json(answer.body());
        return FaultAnswers.spoil(fault, response, body, request.arrival().path());
    }

    /** The answer in place of one that was turned down, for a fault to spoil. */
    Answer asAnswer(Refused refused) {
        return new Answer(refused.status(), error(refused), false);
    }

    private MockResponse send(int status, String body, boolean effect) {
        log.accept(new Call(request.arrival(), at, status, effect, null));
        boolean headOnly = request.arrival().method().equals("HEAD");
        return response.code(status).body(headOnly ? "" : body).build();
    }

    private ObjectNode error(Refused refused) {
        ObjectNode list = ConversationJson.JSON.createObjectNode();
        list.put("type", "error.list");
        list.put("request_id", requestId);
        ObjectNode error = list.putArray("errors").addObject();
        error.put("code", refused.code());
        error.put("message", refused.message());
        if (refused.field() != null) {
            error.put("field", refused.field());
        }
        return list;
    }

    private static String json(ObjectNode body) {
        return ConversationJson.JSON.writeValueAsString(body);
    }
}
