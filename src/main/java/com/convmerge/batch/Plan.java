package com.convmerge.batch;

import com.convmerge.merge.ConversationId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do now.
 *
 * @param lines one for each request that it would take, by id
 * @param survivors how many would be merged into
 * @param calls that it would make
 * @param callsAWindow what the headers grant; 0 if Intercom did not say
 * @param window for how long they grant it
 * @param notes the first notes as they would read, without their references
 */
public record Plan(List<Line> lines, int survivors, long calls, long callsAWindow, Duration window, List<Note> notes) {

    /** What would become of a request. */
    public enum Outcome {
        /** Note, tag and close. */
        MERGE,
        /** It shares what becomes of another request for the same pair. */
        SAME_AS,
        /** It cannot be done as asked. */
        REJECT,
        /** Its parent is not there, or cannot be read: it goes to the retry table. */
        PARENT_CHECK_FAILS,
        /** {@code --limit} leaves it to a later run. */
        LEFT
    }

    /**
     * One request.
     *
     * @param survivor where it would go; null if it would not
     * @param reason why it would not be merged; null if it would
     */
    public record Line(
            long requestId,
            String duplicate,
            String parent,
            @Nullable String survivor,
            Outcome outcome,
            @Nullable String reason) {}

    /** A note as it would read. */
    public record Note(ConversationId conversation, String html) {}

    /** How many requests each outcome has. */
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        lines.forEach(line -> counts.merge(line.outcome(), 1L, Long::sum));
        return counts;
    }

    /** How long the calls take at what the headers grant; zero if that is not known. */
    public Duration takes() {
        return callsAWindow == 0
                ? Duration.ZERO
                : Duration.ofMillis(calls * window.toMillis() / Math.max(1, callsAWindow - callsAWindow / 100));
    }
}
