package com.convmerge.batch;

import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.Author;
import com.convmerge.merge.PlannedNotes;
import com.convmerge.requests.PendingRequests;
import com.convmerge.requests.SurvivorNotes;
import com.convmerge.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where a run writes, in whose name and how much, before it writes: so that somebody who sees the wrong workspace can still
 * stop it, and the log file knows.
 */
record FirstWrite(PendingRequests pending, SurvivorNotes notes, Ledger ledger, Settings settings) {
    /** The settings let this logger say more than the others. */
    private static final Logger log = LoggerFactory.getLogger(FirstWrite.class);

    void sayWhere(Author author) {
        log.info("{}", author.describe());
    }

    /** Says nothing if nothing is to be written. The expected end counts the parents from here on, and knows them exactly later. */
    void sayHowMuch(MergeRun run) {
        long untold = notes.countUnlisted() + ledger.unsettledSurvivorNotes().size();
        PlannedNotes all = pending.plannedNotes(run.parameters.upToId(), SurvivorNoteApplier.MERGES_IN_A_NOTE, untold);
        PlannedNotes asked = all.as(settings.notifyParents(), run.parameters.limit());
        if (!asked.isNone()) {
            run.progress.expectParents(asked.parentNotes() + untold);
            log.info("This run writes {}.", asked.describe());
        }
        long natives = pending.countNative(run.parameters.upToId(), settings.strategy());
        if (natives > 0) {
            log.info(
                    "Of the {} requests that are due, {} to be merged by Intercom's own merge, which cannot be undone.",
                    pending.count(run.parameters.upToId()),
                    natives == 1 ? "1 is" : natives + " are");
        }
    }
}
