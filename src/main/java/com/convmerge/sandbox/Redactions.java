package com.convmerge.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was redacted in one conversation, and when. Not thread-safe: the workspace's lock guards it. */
final class Redactions {
    /** What Intercom shows in place of the words. */
    private static final String DELETED = "<p><i>This message was deleted</i></p>";

    private static final String SOURCE = "source";

    private final Map<String, Instant> times = new HashMap<>();

    void addAll(Redactions others) {
        times.putAll(others.times);
    }

    /** Redacts a part, or the first message if {@code part} is null; says whether it was not redacted before. */
    boolean add(@Nullable String part, Instant at) {
        return times.putIfAbsent(part == null ? SOURCE : part, at) == null;
    }

    /** A part as it was shown at this time. */
    PartView shown(PartView part, Instant at) {
        Instant redacted = times.get(part.id());
        return redacted == null || redacted.isAfter(at) ? part : part.redacted(DELETED, redacted);
    }

    /** The first message as it is shown now. */
    String source(String firstMessage) {
        return isSourceRedacted() ? DELETED : firstMessage;
    }

    boolean isSourceRedacted() {
        return times.containsKey(SOURCE);
    }
}
