package com.convmerge.sandbox;

import java.util.List;

/** The calls of Intercom's REST API that the sandbox answers; {@link #UNKNOWN} is everything else. */
public enum Route {
    /** {@code GET /me} */
    ME("GET", "/me", false),
    /** {@code GET /tags} */
    LIST_TAGS("GET", "/tags", false),
    /** {@code POST /tags} */
    CREATE_TAG("POST", "/tags", true),
    /** {@code GET /conversations/{id}} */
    READ("GET", "/conversations/*", false),
    /** {@code POST /conversations/{id}/reply}: notes and comments. */
    REPLY("POST", "/conversations/*/reply", true),
    /** {@code POST /conversations/{id}/parts}: close, open, snooze, assign. */
    PARTS("POST", "/conversations/*/parts", true),
    /** {@code POST /conversations/{id}/tags} */
    TAG("POST", "/conversations/*/tags", true),
    /** {@code DELETE /conversations/{id}/tags/{tag_id}} */
    UNTAG("DELETE", "/conversations/*/tags/*", true),
    /** {@code POST /conversations/{id}/customers} */
    ATTACH_CONTACT("POST", "/conversations/*/customers", true),
    /** {@code DELETE /conversations/{id}/customers/{contact_id}} */
    DETACH_CONTACT("DELETE", "/conversations/*/customers/*", true),
    /** {@code POST /conversations/{id}/merge}: Intercom's own, irreversible merge. */
    MERGE("POST", "/conversations/*/merge", true),
    /** {@code POST /conversations/search} */
    SEARCH("POST", "/conversations/search", false),
    /** {@code GET /conversations/deleted} */
    DELETED("GET", "/conversations/deleted", false),
    /** A path that Intercom has but not with this method. */
    WRONG_METHOD("", "", false),
    /** A path that the sandbox does not know. */
    UNKNOWN("", "", false);

    private final String method;
    // List.of is immutable, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> pattern;

    private final boolean writing;

    Route(String method, String pattern, boolean writing) {
        this.method = method;
        this.pattern = List.of(pattern.split("/", -1));
        this.writing = writing;
    }

    /** Says whether this call is meant to change something. */
    public boolean isWriting() {
        return writing;
    }

    /** Finds the route of a call; {@code segments} are the decoded parts of its path. */
    static Route of(String method, List<String> segments) {
        Route sameMethod = bestMatch(method, segments);
        if (sameMethod != UNKNOWN) {
            return sameMethod;
        }
        for (Route route : values()) {
            if (!route.method.isEmpty() && route.matches(segments)) {
                return WRONG_METHOD;
            }
        }
        return UNKNOWN;
    }

    /** A literal path such as {@code /conversations/deleted} goes before {@code /conversations/*}. */
    private static Route bestMatch(String method, List<String> segments) {
        Route best = UNKNOWN;
        for (Route route : values()) {
            if (route.method.equals(method) && route.matches(segments) && route.wildcards() <= best.wildcards()) {
                best = route;
            }
        }
        return best;
    }

    private boolean matches(List<String> segments) {
        if (segments.size() != pattern.size() - 1) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String expected = pattern.get(i + 1);
            boolean fits = expected.equals("*") ? !segments.get(i).isEmpty() : expected.equals(segments.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private int wildcards() {
        if (method.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int count = 0;
        for (String segment : pattern) {
            count += segment.equals("*") ? 1 : 0;
        }
        return count;
    }
}
