package com.convmerge.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A call with its URL, from which the endpoints read the parts of its path, its query and its JSON parameters. */
record Request(Arrival arrival, HttpUrl url) {
    /**
     * Reads a call as the server received it.
     *
     * @param attempts counts the attempts of an operation and returns the number of this one
     */
    static Request of(RecordedRequest recorded, long number, Instant at, ToIntFunction<String> attempts) {
        ByteString bytes = recorded.getBody();
        return of(
                recorded.getMethod(),
                recorded.getTarget(),
                recorded.getUrl(),
                bytes == null ? "" : bytes.utf8(),
                number,
                at,
                attempts);
    }

    /** @param path as it was sent, with the query */
    static Request of(
            String method,
            String path,
            HttpUrl sent,
            String body,
            long number,
            Instant at,
            ToIntFunction<String> attempts) {
        HttpUrl url = withoutTrailingSlash(sent);
        List<String> segments = url.pathSegments();
        Route route = Route.of(method, segments);
        String messageType = Parameters.messageType(body);
        String conversation = route == Route.REDACT ? Parameters.conversation(body) : conversation(segments);
        int attempt = attempts.applyAsInt(Arrival.operation(route, method, path, messageType, body));
        Arrival arrival = new Arrival(number, at, attempt, route, method, path, conversation, messageType, body);
        return new Request(arrival, url);
    }

    private static @Nullable String conversation(List<String> segments) {
        boolean inPath = segments.size() > 1
                && segments.get(0).equals("conversations")
                && !segments.get(1).isEmpty()
                && !Route.isFixed(segments);
        return inPath ? segments.get(1) : null;
    }

    /** Intercom takes a slash at the end of any path. */
    private static HttpUrl withoutTrailingSlash(HttpUrl url) {
        int last = url.pathSize() - 1;
        return last > 0 && url.pathSegments().get(last).isEmpty()
                ? url.newBuilder().removePathSegment(last).build()
                : url;
    }

    /** The id of the conversation that the call is about, which may be an alias such as {@code last}; empty if it names none. */
    String conversation() {
        return arrival.conversationId().orElse("");
    }

    /** The fourth segment of the path: the id of the tag or contact that is to be removed. */
    String lastId() {
        return url.pathSegments().get(3);
    }

    Parameters parameters() {
        return Parameters.of(arrival.body());
    }

    @Nullable
    String query(String name) {
        return url.queryParameter(name);
    }

    int queryNumber(String name, int otherwise) {
        String value = query(name);
        return value != null && value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : otherwise;
    }

    /** This URL with another page number. */
    String urlOfPage(int page) {
        return url.newBuilder().setQueryParameter("page", String.valueOf(page)).toString();
    }
}
