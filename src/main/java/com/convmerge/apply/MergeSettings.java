package com.convmerge.apply;

import com.convmerge.merge.ConfigurationProblem;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How merges are made.
 *
 * @param tag the name of the tag that each duplicate gets; created if it is missing
 * @param concurrency merges in flight
 * @param chunk requests whose results are committed at once, in each partition
 * @param settle how long to wait before a conversation is read back for a note in doubt, and before it is read again
 * @param noteTemplate where the template of the note on the duplicate is: {@code classpath:…} or {@code file:…}
 * @param parentNoteTemplate where the template of the note on the survivor is
 * @param notifyParents whether survivors get a note that lists what was merged into them
 */
@ConfigurationProperties(prefix = "convmerge")
public record MergeSettings(
        @DefaultValue("merged-duplicate") String tag,
        @DefaultValue("64") int concurrency,
        @DefaultValue("100") int chunk,
        @DefaultValue({"2s", "6s"}) List<Duration> settle,
        @DefaultValue("classpath:/templates/note.mustache") String noteTemplate,

        @DefaultValue("classpath:/templates/parent-note.mustache")
        String parentNoteTemplate,

        @DefaultValue("true") boolean notifyParents) {
    private static final int MOST_IN_FLIGHT = 256;

    /** Throws {@link ConfigurationProblem} for a setting that no run could work with. */
    public MergeSettings {
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
            throw new ConfigurationProblem("convmerge.settle is " + settle + "; expected one or more times such as 2s");
        }
        settle = List.copyOf(settle);
    }
}
