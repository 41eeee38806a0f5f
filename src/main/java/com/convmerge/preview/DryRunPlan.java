package com.convmerge.preview;

import com.convmerge.merge.Author;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.NewRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.PlannedNotes;
import com.convmerge.merge.Strategy;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do now. The JSON contains its totals; the lines and the notes are written apart from them.
 *
 * @param author in which workspace the run would write, and in whose name
 * @param lines one for each request that the run would take, ordered by id
 * @param survivors how many conversations would receive merges
 * @param survivorNotes how many notes these would get
 * @param untoldSurvivors how many would be told of what earlier runs have merged into them
 * @param calls how many calls to Intercom the run would make
 * @param callsAWindow how many calls the rate limit headers grant for each window; 0 if Intercom did not say
 * @param window the length of such a window
 * @param notes the first notes on duplicates and one on a survivor, without their references
 */
@JsonPropertyOrder({
    "author",
    "counts",
    "survivors",
    "survivor_notes",
    "untold_survivors",
    "strategies",
    "calls",
    "calls_granted",
    "window_seconds",
    "takes_seconds"
})
public record DryRunPlan(
        Author author,
        @JsonIgnore List<Line> lines,
        int survivors,
        long survivorNotes,
        long untoldSurvivors,
        long calls,
        @JsonProperty("calls_granted") long callsAWindow,
        @JsonIgnore Duration window,
        @JsonIgnore List<Note> notes) {

    /** What would become of a request. */
    public enum Result {
        /** Note, tag and close. */
        MERGE,
        /** It shares the outcome of another request for the same pair. */
        SAME_AS,
        /** It cannot be done as asked. */
        REJECT,
        /** Its parent does not exist or cannot be read: the request goes to the retry table. */
        PARENT_CHECK_FAILS,
        /** {@code --limit} leaves it to a later run. */
        LEFT
    }

    /**
     * One request.
     *
     * @param survivor the conversation that it would be merged into; null if it would not be merged
     * @param reason why it would not be merged; null if it would
     * @param strategy how it would be merged; null if it would not be merged
     */
    public record Line(
            long requestId,
            @JsonProperty("duplicate_conversation_id") String duplicate,
            @JsonProperty("parent_conversation_id") String parent,

            @JsonProperty("survivor_conversation_id") @Nullable
            String survivor,

            Result outcome,
            @Nullable String reason,

            @Nullable Strategy strategy) {

        /** A request that says nothing of how it would be merged. */
        public Line(
                long requestId,
                String duplicate,
                String parent,
                @Nullable String survivor,
                Result outcome,
                @Nullable String reason) {
            this(requestId, duplicate, parent, survivor, outcome, reason, null);
        }

        /** The same line, with the strategy of a request that would be merged. */
        Line by(Strategy asked) {
            return survivor == null ? this : new Line(requestId, duplicate, parent, survivor, outcome, reason, asked);
        }

        static Line of(long id, NewRequest asked, Result outcome, String reason) {
            return new Line(id, asked.duplicate(), asked.parent(), null, outcome, reason);
        }

        static Line of(MergeRequest merge, Result outcome, @Nullable String reason) {
            boolean goesThere = outcome == Result.MERGE || outcome == Result.LEFT;
            return new Line(
                    merge.id(),
                    merge.duplicate().value(),
                    merge.parent().value(),
                    goesThere ? merge.survivor().value() : null,
                    outcome,
                    reason);
        }
    }

    /** A note on a duplicate, or on a survivor. */
    public record Note(
            @JsonProperty("conversation_id") ConversationId conversation, OperationKind operation, String html) {
        /** Whether it tells a survivor of its merges. */
        @JsonIgnore
        public boolean isOnSurvivor() {
            return operation == OperationKind.SURVIVOR_NOTE;
        }
    }

    /** How many notes would be written. */
    public PlannedNotes plannedNotes() {
        return new PlannedNotes(counts().getOrDefault(Result.MERGE, 0L), survivors, survivorNotes, untoldSurvivors);
    }

    /** How many requests each outcome has, zeros included. */
    @JsonProperty
    public Map<Result, Long> counts() {
        Map<Result, Long> counts = new EnumMap<>(Result.class);
        for (Result result : Result.values()) {
            counts.put(result, 0L);
        }
        lines.forEach(line -> counts.merge(line.outcome(), 1L, Long::sum));
        return counts;
    }

    /** How many of the requests that would be merged now have each strategy, zeros included. */
    @JsonProperty
    public Map<Strategy, Long> strategies() {
        Map<Strategy, Long> strategies = new EnumMap<>(Strategy.class);
        for (Strategy strategy : Strategy.values()) {
            strategies.put(
                    strategy,
                    lines.stream()
                            .filter(line -> line.outcome() == Result.MERGE && line.strategy() == strategy)
                            .count());
        }
        return strategies;
    }

    /** Whether something would be done that cannot be taken back. */
    @JsonIgnore
    public boolean isFinalInPart() {
        return lines.stream().map(Line::strategy).anyMatch(strategy -> strategy != null && strategy.isNative());
    }

    @JsonProperty
    long windowSeconds() {
        return window.toSeconds();
    }

    @JsonProperty
    long takesSeconds() {
        return takes().toSeconds();
    }

    /** How long the calls take within the granted rate; zero if the rate is not known. */
    public Duration takes() {
        return callsAWindow == 0
                ? Duration.ZERO
                : Duration.ofMillis(calls * window.toMillis() / Math.max(1, callsAWindow - callsAWindow / 100));
    }
}
