package com.convmerge.apply;

import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import com.convmerge.settings.Settings;
import java.time.Clock;

/** Opens a gate for each run. */
public record GateFactory(
        Intercom intercom,
        Ledger ledger,
        LedgerSearch search,
        NoteTexts texts,
        Settings settings,
        Clock clock,
        SteadyClock steady) {
    /**
     * A gate whose calls leave only while {@code permit} lets them.
     *
     * @param verify whether each duplicate is read before its first note, and each survivor before its own, because the ledger may
     *     have lost what was done
     */
    public Gate open(CallPermit permit, boolean verify) {
        IntercomClient client = intercom.client(permit);
        CallEnds ends = new CallEnds(clock, steady);
        NoteWatch notes = new NoteWatch(client, verify ? null : new LostMerges(search));
        OperationSender sender = new OperationSender(
                ledger,
                client,
                permit,
                permit::mayClaim,
                notes,
                NoteReferences.RANDOM,
                ends,
                new Disappearance(client),
                clock);
        OperationApplier operations = new OperationApplier(
                ledger, client, sender, verify, settings.inDoubt().settleTime(), ends, clock);
        return new Gate(
                new Preflight(client, settings),
                new SurvivorCheck(client, ledger, operations, settings.closedParent()),
                new RequestApplier(ledger, operations, texts, settings.strategy()),
                new SurvivorNoteApplier(OperationKind.SURVIVOR_NOTE, ledger, client, operations, texts, clock),
                new SurvivorSnooze(client),
                new SnoozedDuplicates(client),
                new UndoApplier(ledger, client, operations, texts, clock),
                new SurvivorNoteApplier(OperationKind.UNDO_SURVIVOR_NOTE, ledger, client, operations, texts, clock));
    }
}
