package com.convmerge.run;

import com.convmerge.batch.RunProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param step the step that is running, by its name in Spring Batch's tables
 * @param total requests to be applied; 0 until that is known
 * @param done requests applied, with success or without
 * @param failures of those, the ones that went to the retry table
 * @param inDoubt how much that is in doubt it waits for; 0 while it does not wait
 * @param waitsUntil when the last of that is settled; null while it does not wait
 */
public record Progress(
        String step,
        long total,
        long done,
        long failures,
        long inDoubt,
        @Nullable Instant waitsUntil) {
    static Progress of(RunProgress run) {
        RunProgress.Waiting waiting = run.waiting();
        return new Progress(run.step(), run.total(), run.done(), run.failures(), waiting.inDoubt(), waiting.until());
    }
}
