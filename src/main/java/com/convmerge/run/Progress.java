package com.convmerge.run;

import com.convmerge.batch.RunProgress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param run its number; 0 until it has one
 * @param step the step that is running, by its name in Spring Batch's tables
 * @param total requests to be dealt with; 0 until that is known
 * @param done requests dealt with, with success or without
 * @param notMerged of those, the ones that were not merged
 * @param inDoubt how much that is in doubt it waits for; 0 while it does not wait for that
 * @param waitsUntil when the last of that is settled; or, if nothing is in doubt, when Intercom lets calls leave again; null while
 *     it does not wait
 * @param parentsTotal parents that are to get a note, at most as long as merges go on; 0 until that is known
 * @param parentsDone parents that were dealt with, with success or without
 * @param rejectedAtOnce of those done, the ones that were rejected before anything was applied, all in a moment: they say nothing
 *     about the pace
 * @param finishing how much it still has in hand, if it was told to end; null if it was not, or has nothing
 */
public record Progress(
        long run,
        String step,
        long total,
        long done,
        long notMerged,
        long inDoubt,
        @Nullable Instant waitsUntil,
        long parentsTotal,
        long parentsDone,
        long rejectedAtOnce,
        @Nullable Integer finishing) {
    /** A run that tells no parent yet, and is not to end. */
    public Progress(
            long run, String step, long total, long done, long notMerged, long inDoubt, @Nullable Instant waitsUntil) {
        this(run, step, total, done, notMerged, inDoubt, waitsUntil, 0, 0, 0, null);
    }

    /**
     * @param standsStillUntil when Intercom lets calls leave again; empty while it does
     * @param isEnding whether it was told to end
     */
    static Progress of(RunProgress run, Optional<Instant> standsStillUntil, boolean isEnding) {
        RunProgress.Waiting waiting = run.waiting();
        // Nothing in doubt can be looked for while no call leaves.
        boolean isStanding = standsStillUntil.isPresent();
        return new Progress(
                run.run(),
                run.step(),
                run.total(),
                run.done(),
                run.notMerged(),
                isStanding ? 0 : waiting.inDoubt(),
                isStanding ? standsStillUntil.get() : waiting.until(),
                run.parentsTotal(),
                run.parentsDone(),
                run.rejectedAtOnce(),
                isEnding && run.inHand() > 0 ? Integer.valueOf(run.inHand()) : null);
    }
}
