package com.convmerge.sandbox;

import java.util.List;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A call taken apart: what arrived, the pieces of its path, its query and its JSON parameters. */
record Request(Arrival arrival, List<String> segments, HttpUrl url) {

    static Request of(RecordedRequest recorded, long number, OperationCounts counts) {
        HttpUrl url = recorded.getUrl();
        List<String> segments = url.pathSegments();
        Route route = Route.of(recorded.getMethod(), segments);
        ByteString bytes = recorded.getBody();
        String body = bytes == null ? "" : bytes.utf8();
        boolean aboutConversation = segments.size() > 1
                && segments.get(0).equals("conversations")
                && !segments.get(1).isEmpty()
                && route != Route.SEARCH
                && route != Route.DELETED;
        String conversation = aboutConversation ? segments.get(1) : null;
        Arrival first = new Arrival(
                number,
                1,
                route,
                recorded.getMethod(),
                recorded.getTarget(),
                conversation,
                Parameters.messageType(body),
                body);
        return new Request(first.asAttempt(counts.next(first.operation())), segments, url);
    }

    /** The conversation id in the path. */
    String conversation() {
        return segments.get(1);
    }

    /** The fourth piece of the path: the tag or the contact to be taken off. */
    String lastId() {
        return segments.get(3);
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

    boolean wantsPlainText() {
        return "plaintext".equals(query("display_as"));
    }
}
