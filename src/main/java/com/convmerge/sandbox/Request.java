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
        String method = recorded.getMethod();
        String path = recorded.getTarget();
        HttpUrl url = withoutTrailingSlash(recorded.getUrl());
        List<String> segments = url.pathSegments();
        Route route = Route.of(method, segments);
        ByteString bytes = recorded.getBody();
        String body = bytes == null ? "" : bytes.utf8();
        String messageType = Parameters.messageType(body);
        boolean aboutConversation = segments.size() > 1
                && segments.get(0).equals("conversations")
                && !segments.get(1).isEmpty()
                && route != Route.SEARCH
                && route != Route.DELETED;
        String conversation = aboutConversation ? segments.get(1) : null;
        int attempt = attempts.applyAsInt(Arrival.operation(method, path, messageType));
        Arrival arrival = new Arrival(number, at, attempt, route, method, path, conversation, messageType, body);
        return new Request(arrival, url);
    }

    /** Intercom takes a slash at the end of any path. */
    private static HttpUrl withoutTrailingSlash(HttpUrl url) {
        int last = url.pathSize() - 1;
        return last > 0 && url.pathSegments().get(last).isEmpty()
                ? url.newBuilder().removePathSegment(last).build()
                : url;
    }

    /** The conversation id in the path. */
    String conversation() {
        return url.pathSegments().get(1);
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
