package com.convmerge.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * One way in which a call can go wrong. With a fault named {@code BEFORE} the call changes nothing in the workspace.
 * With one named {@code AFTER} the call has its effect, and only its answer is lost or damaged. With a fault that has
 * neither word in its name the call never has an effect.
 */
public enum Fault {
    /** The connection is closed without an answer; the call has no effect. */
    DROP_BEFORE(false, null),
    /** The connection is closed without an answer; the call has its effect. */
    DROP_AFTER(true, null),
    /** The status line and half of the body arrive, then the connection is closed; the call has its effect. */
    CUT_SHORT_AFTER(true, 200),
    /** 500 {@code server_error}; the call has no effect. */
    ERROR_500_BEFORE(false, 500, "server_error", "Server Error"),
    /** 500 {@code server_error}; the call has its effect. */
    ERROR_500_AFTER(true, 500, "server_error", "Server Error"),
    /** 502 with a proxy's HTML page; the call has no effect. */
    HTML_502_BEFORE(false, 502),
    /** 502 with a proxy's HTML page; the call has its effect. */
    HTML_502_AFTER(true, 502),
    /** 504 with a proxy's HTML page; the call has no effect. */
    GATEWAY_504_BEFORE(false, 504),
    /** 504 with a proxy's HTML page; the call has its effect. */
    GATEWAY_504_AFTER(true, 504),
    /** 503 with {@code Retry-After: 0}, upon which OkHttp sends the call again by itself; it has no effect. */
    UNAVAILABLE_503_BEFORE(false, 503, "service_unavailable", "Sorry, the API service is temporarily unavailable"),
    /** 503 with {@code Retry-After: 0}, upon which OkHttp sends the call again by itself; it has its effect. */
    UNAVAILABLE_503_AFTER(true, 503, "service_unavailable", "Sorry, the API service is temporarily unavailable"),
    /** 408, upon which OkHttp sends the call again by itself; it has no effect. */
    REQUEST_TIMEOUT_408_BEFORE(false, 408, "request_timeout", "Request Timeout"),
    /** 408, upon which OkHttp sends the call again by itself; it has its effect. */
    REQUEST_TIMEOUT_408_AFTER(true, 408, "request_timeout", "Request Timeout"),
    /** No answer arrives, and the connection stays open until the client gives up; the call has no effect. */
    TIMEOUT_BEFORE(false, null),
    /** No answer arrives, and the connection stays open until the client gives up; the call has its effect. */
    TIMEOUT_AFTER(true, null),
    /** 200 with JSON that is cut off in the middle; the call has no effect. */
    BROKEN_JSON_BEFORE(false, 200),
    /** 200 with JSON that is cut off in the middle; the call has its effect. */
    BROKEN_JSON_AFTER(true, 200),
    /** 429 {@code rate_limit_exceeded} although the window has room, as if another app had used the window up. */
    RATE_LIMITED_429(false, 429, "rate_limit_exceeded", "Exceeded rate limit for this app"),
    /** The same with {@code Retry-After: 1}. */
    RATE_LIMITED_429_RETRY_AFTER(false, 429, "rate_limit_exceeded", "Exceeded rate limit for this app"),
    /** 400 {@code parameter_invalid}. */
    BAD_REQUEST_400(false, 400, "parameter_invalid", "The request cannot be understood"),
    /** 401 {@code unauthorized}. */
    UNAUTHORIZED_401(false, 401, "unauthorized", "Access Token Invalid"),
    /** 403 {@code api_plan_restricted}. */
    FORBIDDEN_PLAN_403(false, 403, "api_plan_restricted", "Active subscription needed."),
    /** 404 {@code admin_not_found}. */
    ADMIN_NOT_FOUND(false, 404, "admin_not_found", "Admin not found"),
    /** 404 {@code not_found}. */
    NOT_FOUND_404(false, 404, "not_found", "Resource Not Found"),
    /** The same, although the call has its effect. */
    NOT_FOUND_404_AFTER(true, 404, "not_found", "Resource Not Found"),
    /** 404 {@code not_found}, which does not speak of the conversation. */
    USER_NOT_FOUND_404(false, 404, "not_found", "User Not Found"),
    /** 404 {@code tag_not_found}, as from a server that does not know of a tag yet. */
    TAG_NOT_FOUND_404(false, 404, "tag_not_found", "Tag not found"),
    /** 422 {@code parameter_invalid}. */
    UNPROCESSABLE_422(false, 422, "parameter_invalid", "The request cannot be processed"),
    /** 422 {@code conversation_part_not_redactable}; no document says which status it has. */
    NOT_REDACTABLE_422(false, 422, "conversation_part_not_redactable", "Part can't be redacted"),
    /** 307 to the same address; OkHttp follows it by itself and repeats the POST. */
    REDIRECT_307(false, 307),
    /** 302 to the same address; OkHttp follows it by itself with a GET. */
    REDIRECT_302(false, 302),
    /** 308 to the same address; OkHttp follows it by itself and repeats the POST. */
    REDIRECT_308(false, 308);

    private final boolean afterEffect;
    /** The HTTP status that the client receives, or null if it receives no answer at all. */
    final @Nullable Integer status;

    private final @Nullable String code;
    private final String message;

    Fault(boolean afterEffect, @Nullable Integer status) {
        this(afterEffect, status, null, "");
    }

    Fault(boolean afterEffect, @Nullable Integer status, @Nullable String code, String message) {
        this.afterEffect = afterEffect;
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** Says whether the call has its effect before it goes wrong. */
    public boolean isAfterEffect() {
        return afterEffect;
    }

    /** The API error that the client receives, or null if this fault is not an error of the API. */
    @Nullable
    Refused error() {
        return status == null || code == null ? null : Refused.of(status, code, message);
    }
}
