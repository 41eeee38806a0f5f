package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.batch.SurvivorNoteSteps.Item;
import com.convmerge.database.Statistics;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.requests.Survivor;
import com.convmerge.requests.SurvivorNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.Step;

/**
 * notifyParents: writes notes on survivors that list what was merged into them. The merges stand, whether the note can be written
 * or not. It also runs after the deadline.
 */
record NotifySurvivorsStep(
        SurvivorNoteSteps common,
        Ledger ledger,
        LedgerSearch search,
        SurvivorNotes notes,
        SurvivorSnoozes snoozes,
        Statistics statistics)
        implements SurvivorNoteSteps.Notes {
    private static final Logger log = LoggerFactory.getLogger(NotifySurvivorsStep.class);

    Step of(MergeRun run) {
        return common.step("notifyParents", run, this);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.SURVIVOR_NOTE;
    }

    @Override
    public List<Item> items(MergeRun run) {
        statistics.refresh();
        snoozes.keepThoseOfEarlierRuns(run);
        List<Long> untellable = notes.untellable();
        if (!untellable.isEmpty()) {
            log.warn(
                    "of {} merged requests, the first {}, no parent can be told: their rows name none that a run has found",
                    untellable.size(),
                    untellable.get(0));
        }
        List<Item> items = new ArrayList<>();
        for (LedgerEntry begun : ledger.unsettledSurvivorNotes()) {
            items.add(Item.of(begun));
        }
        for (Survivor survivor : notes.unlisted()) {
            items.add(new Item(survivor.conversation(), survivor.requestIds(), null));
        }
        return items;
    }

    /** One note that is in doubt does not keep the others. */
    @Override
    public Outcome<ConversationId> write(Item item, MergeRun run) {
        List<Long> merges = new ArrayList<>(item.requests());
        int notes = 0;
        if (run.parameters.verify() || mayBeTold(item, run)) {
            Outcome<List<SurvivorNoteApplier.Told>> told = told(item, run);
            if (told instanceof Outcome.Done<List<SurvivorNoteApplier.Told>> found) {
                for (SurvivorNoteApplier.Told note : found.value()) {
                    record(note, item.survivor(), ++notes, run);
                    merges.removeAll(note.requestIds());
                }
            } else if (run.parameters.verify() || !SurvivorNoteApplier.cannotSay(told)) {
                return told.map(none -> item.survivor());
            }
        }
        for (int from = 0; from < merges.size(); from += SurvivorNoteApplier.MERGES_IN_A_NOTE) {
            int to = Math.min(from + SurvivorNoteApplier.MERGES_IN_A_NOTE, merges.size());
            OperationKey key = OperationKey.ofSurvivorNote(item.survivor(), run.executionId(), ++notes);
            Outcome<OperationKey> written = begin(key, item.survivor(), merges.subList(from, to), run);
            if (written instanceof Outcome.Failed<OperationKey>) {
                return written.map(done -> item.survivor());
            }
            if (written instanceof Outcome.InDoubt<OperationKey> open) {
                common.keep(key, open, run);
            }
        }
        return new Outcome.Done<>(item.survivor());
    }

    /**
     * Whether the survivor may have been told of a merge already, although its row does not say so: a request that an earlier run
     * has closed was merged again, because somebody set its row back, or because the run was killed before it could write it down.
     */
    private boolean mayBeTold(Item item, MergeRun run) {
        int slice = SurvivorNoteApplier.MERGES_IN_A_NOTE;
        return IntStream.iterate(0, from -> from < item.requests().size(), from -> from + slice)
                .anyMatch(from -> search.isAnyClosedEarlier(
                        item.requests()
                                .subList(
                                        from,
                                        Math.min(from + slice, item.requests().size())),
                        run.executionId()));
    }

    private Outcome<List<SurvivorNoteApplier.Told>> told(Item item, MergeRun run) {
        return run.gate.survivorNotes().told(item.survivor(), notes.merges(item.requests()), run.workspace());
    }

    /** Writes down which merges a note lists that is there: under the key that it has in the ledger, unless the ledger has lost it. */
    private void record(SurvivorNoteApplier.Told note, ConversationId survivor, int number, MergeRun run) {
        Optional<OperationKey> known = Optional.ofNullable(note.reference()).flatMap(search::withReference);
        OperationKey key = known.orElseGet(() -> OperationKey.ofSurvivorNote(survivor, run.executionId(), number));
        if (known.isEmpty()) {
            run.gate.survivorNotes().recordFound(key, survivor, note, run.executionId());
        }
        notes.assign(key, note.requestIds());
    }

    @Override
    public Outcome<ConversationId> resume(LedgerEntry begun, MergeRun run) {
        List<MergeRequest> merges = notes.listedBy(begun.key());
        SurvivorNoteApplier applier = run.gate.survivorNotes();
        Outcome<OperationKey> outcome = merges.isEmpty()
                ? applier.abandon(begun)
                : applier.resume(begun, merges, run.workspace(), run.executionId());
        return outcome.map(key -> begun.conversation());
    }

    private Outcome<OperationKey> begin(OperationKey key, ConversationId survivor, List<Long> merges, MergeRun run) {
        return run.gate
                .survivorNotes()
                .write(
                        key,
                        survivor,
                        () -> {
                            notes.assign(key, merges);
                            return notes.listedBy(key);
                        },
                        run.workspace(),
                        run.executionId());
    }
}
