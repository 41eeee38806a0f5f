package com.convmerge.run;

import com.convmerge.batch.RunProgress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param step the step that is running, by its name in Spring Batch's tables
 * @param total requests to be applied; 0 until that is known
 * @param done requests applied, with success or without
 * @param failures of those, the ones that went to the retry table
 * @param inDoubt how much that is in doubt it waits for; 0 while it does not wait for that
 * @param waitsUntil when the last of that is settled; or, if nothing is in doubt, when Intercom lets calls leave again; null while
 *     it does not wait
 */
public record Progress(
        String step,
        long total,
        long done,
        long failures,
        long inDoubt,
        @Nullable Instant waitsUntil) {
    /** @param standsStillUntil when Intercom lets calls leave again; empty while it does */
    static Progress of(RunProgress run, Optional<Instant> standsStillUntil) {
        if (standsStillUntil.isPresent()) {
            // Nothing in doubt can be looked for meanwhile.
            return new Progress(run.step(), run.total(), run.done(), run.failures(), 0, standsStillUntil.get());
        }
        RunProgress.Waiting waiting = run.waiting();
        return new Progress(run.step(), run.total(), run.done(), run.failures(), waiting.inDoubt(), waiting.until());
    }
}
