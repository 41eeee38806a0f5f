package com.convmerge.sandbox;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;

/** Turns a fault into what goes over the wire. */
final class FaultAnswers {

    private static final String PROXY_PAGE = """
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
            </html>
            """;

    private FaultAnswers() {}

    /** Says which status the client gets to see, or null if it gets no answer at all. */
    static @Nullable Integer status(Fault fault) {
        return switch (fault) {
            case DROP_BEFORE, DROP_AFTER, TIMEOUT_BEFORE, TIMEOUT_AFTER -> null;
            case CUT_SHORT_AFTER, BROKEN_JSON_BEFORE, BROKEN_JSON_AFTER -> 200;
            case ERROR_500_BEFORE, ERROR_500_AFTER -> 500;
            case HTML_502_BEFORE, HTML_502_AFTER -> 502;
            case UNAVAILABLE_503_BEFORE, UNAVAILABLE_503_AFTER -> 503;
            case REQUEST_TIMEOUT_408_BEFORE, REQUEST_TIMEOUT_408_AFTER -> 408;
            case RATE_LIMITED_429, RATE_LIMITED_429_RETRY_AFTER -> 429;
            case UNAUTHORIZED_401 -> 401;
            case FORBIDDEN_PLAN_403 -> 403;
            case ADMIN_NOT_FOUND, NOT_FOUND_404 -> 404;
            case UNPROCESSABLE_422 -> 422;
            case REDIRECT_307 -> 307;
        };
    }

    /** The error that a fault answers with, or null if it is not an error of the API. */
    static @Nullable Refused error(Fault fault) {
        return switch (fault) {
            case ERROR_500_BEFORE, ERROR_500_AFTER -> Refused.of(500, "server_error", "Server Error");
            case UNAVAILABLE_503_BEFORE, UNAVAILABLE_503_AFTER ->
                Refused.of(503, "service_unavailable", "Sorry, the API service is temporarily unavailable");
            case REQUEST_TIMEOUT_408_BEFORE, REQUEST_TIMEOUT_408_AFTER ->
                Refused.of(408, "request_timeout", "Request Timeout");
            case RATE_LIMITED_429, RATE_LIMITED_429_RETRY_AFTER -> rateLimited();
            case UNAUTHORIZED_401 -> Refused.of(401, "unauthorized", "Access Token Invalid");
            case FORBIDDEN_PLAN_403 -> Refused.of(403, "api_plan_restricted", "Active subscription needed.");
            case ADMIN_NOT_FOUND -> Refused.of(404, "admin_not_found", "Admin not found");
            case NOT_FOUND_404 -> Refused.notFound();
            case UNPROCESSABLE_422 -> Refused.of(422, "parameter_invalid", "The request cannot be processed");
            default -> null;
        };
    }

    static Refused rateLimited() {
        return Refused.of(429, "rate_limit_exceeded", "Exceeded rate limit for this app");
    }

    /** Spoils an answer; {@code answer} holds the headers and the body that the call would have had. */
    static MockResponse spoil(Fault fault, MockResponse.Builder answer, String body, String path) {
        return switch (fault) {
            case DROP_BEFORE, DROP_AFTER ->
                answer.onResponseStart(new SocketEffect.CloseSocket()).build();
            case TIMEOUT_BEFORE, TIMEOUT_AFTER ->
                answer.onResponseStart(SocketEffect.Stall.INSTANCE).build();
            case CUT_SHORT_AFTER ->
                answer.body(body).onResponseBody(new SocketEffect.CloseSocket()).build();
            case BROKEN_JSON_BEFORE, BROKEN_JSON_AFTER ->
                answer.body(body.substring(0, body.length() * 2 / 3)).build();
            case HTML_502_BEFORE, HTML_502_AFTER ->
                answer.code(502)
                        .setHeader("Content-Type", "text/html")
                        .body(PROXY_PAGE)
                        .build();
            case UNAVAILABLE_503_BEFORE, UNAVAILABLE_503_AFTER ->
                answer.code(503).setHeader("Retry-After", "0").body(body).build();
            case RATE_LIMITED_429_RETRY_AFTER ->
                answer.code(429).setHeader("Retry-After", "1").body(body).build();
            case REDIRECT_307 ->
                answer.code(307).setHeader("Location", path).body("").build();
            default -> {
                Integer status = status(fault);
                yield answer.code(status == null ? 500 : status).body(body).build();
            }
        };
    }
}
