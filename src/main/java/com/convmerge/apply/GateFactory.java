package com.convmerge.apply;

import com.convmerge.intercom.CallPermit;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.Sleeper;
import com.convmerge.settings.Settings;
import java.time.Clock;

/** Opens a gate for each run. */
public record GateFactory(
        Intercom intercom, Ledger ledger, NoteTexts texts, Settings settings, Clock clock, Sleeper sleeper) {
    /** A gate whose calls leave only while {@code permit} lets them. */
    public Gate open(CallPermit permit) {
        IntercomClient client = intercom.client(permit);
        InDoubtResolver resolver = new InDoubtResolver(client, settings.settle(), clock, sleeper);
        OperationApplier operations = new OperationApplier(ledger, client, resolver, NoteReferences.RANDOM, clock);
        return new Gate(
                new Preflight(client, settings),
                new SurvivorCheck(client, ledger, operations, settings.closedParent()),
                new RequestApplier(ledger, operations, texts),
                new SurvivorNoteApplier(ledger, operations, texts));
    }
}
