package com.convmerge.sandbox;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The calls of Intercom's REST API that the sandbox answers; {@link #UNKNOWN} is everything else. */
public enum Route {
    /** {@code GET /me} */
    ME("GET", "me", false),
    /** {@code GET /tags} */
    LIST_TAGS("GET", "tags", false),
    /** {@code POST /tags} */
    CREATE_TAG("POST", "tags", true),
    /** {@code GET /conversations/deleted} */
    DELETED("GET", "conversations/deleted", false),
    /** {@code GET /conversations/{id}} */
    READ("GET", "conversations/*", false),
    /** {@code POST /conversations/{id}/reply}: notes and comments. */
    REPLY("POST", "conversations/*/reply", true),
    /** {@code POST /conversations/{id}/parts}: close, open, snooze, assign. */
    PARTS("POST", "conversations/*/parts", true),
    /** {@code POST /conversations/{id}/tags} */
    TAG("POST", "conversations/*/tags", true),
    /** {@code DELETE /conversations/{id}/tags/{tag_id}} */
    UNTAG("DELETE", "conversations/*/tags/*", true),
    /** {@code POST /conversations/{id}/customers} */
    ATTACH_CONTACT("POST", "conversations/*/customers", true),
    /** {@code DELETE /conversations/{id}/customers/{contact_id}} */
    DETACH_CONTACT("DELETE", "conversations/*/customers/*", true),
    /** {@code POST /conversations/{id}/merge}: Intercom's own, irreversible merge. */
    MERGE("POST", "conversations/*/merge", true),
    /** {@code POST /conversations/redact}: deletes the words of one part; the conversation is named in the body. */
    REDACT("POST", "conversations/redact", true),
    /** {@code POST /conversations/search} */
    SEARCH("POST", "conversations/search", false),
    /** A path that exists, but not with this method. */
    WRONG_METHOD("", "", false),
    /** A path that the sandbox does not know. */
    UNKNOWN("", "", false);

    private final String method;
    // List.of returns an immutable list, which the checker cannot infer.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> pattern;

    private final boolean writing;

    Route(String method, String pattern, boolean writing) {
        this.method = method;
        this.pattern = List.of(pattern.split("/", -1));
        this.writing = writing;
    }

    /** Says whether this call is meant to change something in the workspace. */
    public boolean isWriting() {
        return writing;
    }

    /** Finds the route of a call; {@code segments} are the decoded segments of its path. A fixed path is never an id. */
    static Route of(String method, List<String> segments) {
        boolean fixed = isFixed(segments);
        List<Route> samePath = calls().filter(route -> fixed ? route.pattern.equals(segments) : route.matches(segments))
                .toList();
        return samePath.stream()
                .filter(route -> route.method.equals(method))
                .findFirst()
                .orElse(samePath.isEmpty() ? UNKNOWN : WRONG_METHOD);
    }

    /** Says whether no segment of this path is an id. */
    static boolean isFixed(List<String> segments) {
        return calls().anyMatch(route -> route.pattern.equals(segments));
    }

    private static Stream<Route> calls() {
        return Stream.of(values()).filter(route -> !route.method.isEmpty());
    }

    private boolean matches(List<String> segments) {
        return segments.size() == pattern.size()
                && IntStream.range(0, segments.size()).allMatch(i -> matches(segments.get(i), pattern.get(i)));
    }

    private static boolean matches(String segment, String expected) {
        return expected.equals("*") ? !segment.isEmpty() : expected.equals(segment);
    }
}
