package com.convmerge.sandbox;

/**
 * One way in which a call can go wrong. {@code BEFORE} means that nothing has happened in the workspace;
 * {@code AFTER} means
 * that the call has had its effect and only its answer is lost or bad. A fault without either word never has an
 * effect.
 */
public enum Fault {
    /** The connection is closed without an answer; nothing happened. */
    DROP_BEFORE(false),
    /** The connection is closed without an answer; it happened. */
    DROP_AFTER(true),
    /** The status line and half of the body arrive, then the connection is closed; it happened. */
    CUT_SHORT_AFTER(true),
    /** 500 {@code server_error}; nothing happened. */
    ERROR_500_BEFORE(false),
    /** 500 {@code server_error}; it happened. */
    ERROR_500_AFTER(true),
    /** 502 with a proxy's HTML page; nothing happened. */
    HTML_502_BEFORE(false),
    /** 502 with a proxy's HTML page; it happened. */
    HTML_502_AFTER(true),
    /** 503 with {@code Retry-After: 0}, which tempts OkHttp to send again by itself; nothing happened. */
    UNAVAILABLE_503_BEFORE(false),
    /** 503 with {@code Retry-After: 0}, which tempts OkHttp to send again by itself; it happened. */
    UNAVAILABLE_503_AFTER(true),
    /** 408, after which OkHttp sends again by itself; nothing happened. */
    REQUEST_TIMEOUT_408_BEFORE(false),
    /** 408, after which OkHttp sends again by itself; it happened. */
    REQUEST_TIMEOUT_408_AFTER(true),
    /** No answer ever comes, the connection stays open until the client gives up; nothing happened. */
    TIMEOUT_BEFORE(false),
    /** No answer ever comes, the connection stays open until the client gives up; it happened. */
    TIMEOUT_AFTER(true),
    /** 200 with JSON that breaks off in the middle; nothing happened. */
    BROKEN_JSON_BEFORE(false),
    /** 200 with JSON that breaks off in the middle; it happened. */
    BROKEN_JSON_AFTER(true),
    /** 429 {@code rate_limit_exceeded} although the window has room (another app of the workspace used it up). */
    RATE_LIMITED_429(false),
    /** The same with {@code Retry-After: 1}. */
    RATE_LIMITED_429_RETRY_AFTER(false),
    /** 401 {@code unauthorized}. */
    UNAUTHORIZED_401(false),
    /** 403 {@code api_plan_restricted}. */
    FORBIDDEN_PLAN_403(false),
    /** 404 {@code admin_not_found}. */
    ADMIN_NOT_FOUND(false),
    /** 404 {@code not_found}. */
    NOT_FOUND_404(false),
    /** 422 {@code parameter_invalid}. */
    UNPROCESSABLE_422(false),
    /** 307 to the very same address, which OkHttp follows with the POST by itself. */
    REDIRECT_307(false);

    private final boolean afterEffect;

    Fault(boolean afterEffect) {
        this.afterEffect = afterEffect;
    }

    /** Says whether the call has its effect before it goes wrong. */
    public boolean isAfterEffect() {
        return afterEffect;
    }
}
