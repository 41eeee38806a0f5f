package com.convmerge.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run, as it was when it ended. As JSON it has the names of the table.
 *
 * @param id counts the runs of this database from 1
 * @param endedAt while it runs, and after it was killed, when it was last seen alive
 * @param detail why it ended as it did, where that is known
 * @param restarts how often it was restarted after it had broken off
 * @param executionId its last execution in Spring Batch's tables; null if it has none
 */
public record RunRecord(
        long id,
        Kind kind,
        Instant startedAt,
        Instant endedAt,
        Outcome outcome,
        @Nullable String detail,
        int restarts,
        @JsonIgnore @Nullable Long executionId,
        @JsonUnwrapped RunSummary summary) {
    /** What a run does. */
    public enum Kind {
        MERGE,
        /** It takes merges back. */
        UNDO
    }

    /** How a run ended, if it has ended. */
    public enum Outcome {
        RUNNING,
        /** It did all that there was to do. */
        COMPLETED,
        /** It broke off, and can be restarted. */
        FAILED,
        /** It was asked to stop, or its time was up. */
        STOPPED,
        /** Its program ended in the middle. */
        KILLED
    }

    /** From its first start to its end, with what lay between its restarts. */
    @JsonIgnore
    public Duration length() {
        return Duration.between(startedAt, endedAt);
    }

    /** The same run, of which nobody lives any more, with what it has done. */
    public RunRecord killed(RunSummary done) {
        return new RunRecord(id, kind, startedAt, endedAt, Outcome.KILLED, detail, restarts, executionId, done);
    }
}
