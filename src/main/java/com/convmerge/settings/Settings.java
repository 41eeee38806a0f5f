package com.convmerge.settings;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings of convmerge. A {@code convmerge.*} setting that is none of these keeps the program from starting.
 *
 * @param tag the name of the tag that each duplicate gets; created if it is missing
 * @param concurrency merges in flight
 * @param chunk requests whose results are committed at once, in each partition
 * @param settle when a conversation is read again for what is in doubt: how long after its call ended, and how long after that; then
 *     each time after twice as long
 * @param inDoubt what is done about calls that may have had their effect
 * @param noteTemplate where the template of the note on the duplicate is: {@code classpath:…} or {@code file:…}
 * @param parentNoteTemplate where the template of the note on the survivor is
 * @param notifyParents whether survivors get a note that lists what was merged into them
 * @param snoozeAgain whether a survivor that its note has woken is snoozed again until the same time
 * @param closedParent what is done when a survivor is closed itself
 * @param strategy how duplicates are merged whose requests do not say it
 * @param nativeNoteTemplate where the template of the note is that a duplicate gets before Intercom's own merge
 */
@ConfigurationProperties(prefix = "convmerge", ignoreUnknownFields = false)
public record Settings(
        @DefaultValue("merged-duplicate") String tag,
        @DefaultValue("64") int concurrency,
        @DefaultValue("250") int chunk,
        @DefaultValue({"2s", "6s"}) List<Duration> settle,
        @DefaultValue InDoubt inDoubt,
        @DefaultValue("classpath:/templates/note.mustache") String noteTemplate,

        @DefaultValue("classpath:/templates/parent-note.mustache")
        String parentNoteTemplate,

        @DefaultValue("true") boolean notifyParents,
        @DefaultValue("true") boolean snoozeAgain,
        @DefaultValue("proceed") ClosedParent closedParent,
        @DefaultValue("link") Strategy strategy,

        @DefaultValue("classpath:/templates/native-note.mustache")
        String nativeNoteTemplate,

        @DefaultValue IntercomSettings intercom,
        @DefaultValue Retries retries,
        @DefaultValue Report report) {
    private static final int MOST_IN_FLIGHT = 256;

    /** @param backoff how long after a request's first failure, its second and so on it is tried again */
    public record Retries(
            @DefaultValue({"15m", "1h", "4h", "12h", "24h"}) List<Duration> backoff) {
        /** Throws {@link ConfigurationProblem} for a wait that is not one. */
        public Retries {
            backoff = List.copyOf(backoff);
            for (Duration wait : backoff) {
                if (wait.isNegative()) {
                    throw new ConfigurationProblem(
                            "convmerge.retries.backoff has a negative time; expected times such as 15m,1h");
                }
            }
        }
    }

    /** @param settleTime how long after its call had ended a note in doubt is only looked for, and not sent again */
    public record InDoubt(@DefaultValue("15m") Duration settleTime) {
        /** Throws {@link ConfigurationProblem} for a time that is not one. */
        public InDoubt {
            if (settleTime.isNegative()) {
                throw new ConfigurationProblem(
                        "convmerge.in-doubt.settle-time is negative; expected a time such as 15m");
            }
        }
    }

    /** @param directory where the reports are written */
    public record Report(@DefaultValue("./data/reports") Path directory) {}

    /** Throws {@link ConfigurationProblem} for a setting that no run could work with. */
    public Settings {
        if (tag.isBlank()) {
            throw new ConfigurationProblem("convmerge.tag (CONVMERGE_TAG) is empty; expected the name of a tag");
        }
        if (concurrency < 1 || concurrency > MOST_IN_FLIGHT) {
            throw new ConfigurationProblem("convmerge.concurrency (CONVMERGE_CONCURRENCY) is " + concurrency
                    + "; expected 1 to " + MOST_IN_FLIGHT);
        }
        if (chunk < 1) {
            throw new ConfigurationProblem("convmerge.chunk is " + chunk + "; expected 1 or more");
        }
        if (settle.isEmpty() || settle.stream().anyMatch(Duration::isNegative)) {
            throw new ConfigurationProblem(
                    "convmerge.settle is empty or has a negative time; expected one or more times such as 2s");
        }
        settle = List.copyOf(settle);
    }
}
