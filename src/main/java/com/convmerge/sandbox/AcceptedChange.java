package com.convmerge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * A call that has changed the workspace: all that is needed to make the same change again.
 *
 * @param at when it was accepted, according to the sandbox's clock
 * @param path with the query
 * @param delay how long after that it had its effect
 * @param body without the token, which is in no body
 */
record AcceptedChange(Instant at, String method, String path, Duration delay, String body) {
    /** Rejects a line that lacks something. */
    AcceptedChange {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(body, "body");
    }

    static AcceptedChange of(Arrival call, Instant at, Duration delay) {
        return new AcceptedChange(at, call.method(), call.path(), delay, call.body());
    }

    /** The same call once more. It is no new attempt for a fault plan, which never sees it. */
    Request again(long number) {
        HttpUrl url = HttpUrl.get("http://127.0.0.1" + path);
        return Request.of(method, path, url, body, number, at, operation -> 1);
    }
}
