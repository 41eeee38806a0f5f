package com.convmerge.apply;

import com.convmerge.merge.Failure;

/** Everything that one run does at Intercom, behind the ledger. Its calls leave only while the run's permit lets them. */
public record Gate(
        Preflight preflight,
        SurvivorCheck survivors,
        RequestApplier requests,
        SurvivorNoteApplier survivorNotes,
        SurvivorSnooze snooze,
        SnoozedDuplicates snoozed,
        UndoApplier undos,
        SurvivorNoteApplier undoNotes) {
    /** Whether nothing was sent because the request's row was changed after it was read. It is planned again by the next run. */
    public static boolean isWithdrawn(Failure failure) {
        return failure.code().equals(OperationSender.WITHDRAWN);
    }

    /** Whether a run ended because Intercom shows what the ledger does not know. */
    public static boolean isDatabaseOlder(Failure failure) {
        return failure.code().equals(LostMerges.CODE);
    }
}
