package com.convmerge.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that works on the database now, as it reported a few seconds ago.
 *
 * @param since when it began; like {@code readAt} by the database's clock
 * @param stopRequested whether it was asked to stop and is finishing what it has in hand
 * @param step null until it has reported one
 * @param total requests to be applied; 0 until that is known
 * @param inDoubt how much that is in doubt it waits for; 0 while it does not wait for that
 * @param waitsUntil when the last of that is settled; or, if nothing is in doubt, when Intercom lets calls leave again; null while
 *     it does not wait
 * @param parentsTotal parents that are to get a note, at most as long as merges go on; 0 until that is known
 * @param callsUsed how many of the calls that Intercom grants for the present window are used, whoever made them
 */
public record RunStatus(
        LeaseOwner owner,
        Instant since,
        Instant readAt,
        boolean stopRequested,
        @Nullable String step,
        long total,
        long done,
        long inDoubt,
        @Nullable Instant waitsUntil,
        long callsUsed,
        long callsGranted,
        long parentsTotal,
        long parentsDone) {
    /** A note on a parent is one call, a merge three. */
    private static final int NOTES_IN_A_MERGE = 3;

    /** When all of its steps will have ended if it goes on at the same pace; empty while that is not known, and while it stands still. */
    public Optional<Instant> expectedEnd() {
        if (done == 0 || total < done || waitsUntil != null) {
            return Optional.empty();
        }
        Duration each = Duration.between(since, readAt).dividedBy(done);
        Duration note = each.dividedBy(NOTES_IN_A_MERGE);
        return Optional.of(
                readAt.plus(each.multipliedBy(total - done)).plus(note.multipliedBy(parentsTotal - parentsDone)));
    }

    /** Such as {@code pid 4711 on batch-1}. */
    public String worker() {
        return owner.describe();
    }
}
