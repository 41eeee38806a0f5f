package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.database.Statistics;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import com.convmerge.requests.Survivor;
import com.convmerge.requests.SurvivorNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.Step;

/**
 * notifyParents: writes notes on survivors that list what was merged into them. The merges stand, whether the note can be written
 * or not. It also runs after the deadline.
 */
record NotifySurvivorsStep(
        StepFactory steps,
        Ledger ledger,
        LedgerSearch search,
        SurvivorNotes notes,
        SurvivorSnoozes snoozes,
        Statistics statistics,
        SteadyClock clock) {
    private static final Logger log = LoggerFactory.getLogger(NotifySurvivorsStep.class);

    /**
     * A survivor that is to get notes.
     *
     * @param merges the requests that no note lists yet
     * @param begun instead of them the ledger's row of a note that an earlier run began; which requests it lists is known
     */
    private record Item(
            ConversationId survivor,
            List<Long> merges,
            @Nullable LedgerEntry begun) {}

    Step of(MergeRun run) {
        Blame blame = steps.blame(run, OperationKind.SURVIVOR_NOTE, () -> {});
        return steps.<Item, ConversationId>chunks("notifyParents", run)
                .listener(new BlameListener(run, blame))
                .reader(new LoadedItemReader<>(run.cancellation::endsAll, () -> items(run)))
                .processor(processor(run, blame, run.progress::parentDone))
                // Each note is written down in the ledger as it is sent.
                .writer(written -> {})
                .build();
    }

    private CancellableItemProcessor<Item, ConversationId> processor(MergeRun run, Blame blame, Runnable onDone) {
        return new CancellableItemProcessor<>(
                run,
                run.cancellation::endsAll,
                item -> snoozes.around(
                        item.survivor(),
                        run,
                        () -> item.begun() == null ? write(item, run) : resume(item.begun(), run)),
                (item, operation) -> new RequestFailedException.Item(List.of(), "survivor", item.survivor()),
                survivor -> survivor,
                (item, outcome) -> keep(Objects.requireNonNull(item.begun()).key(), outcome, run),
                outcome -> onDone.run(),
                blame);
    }

    /** First the notes that an earlier run began, then the merges that no note lists yet. */
    private List<Item> items(MergeRun run) {
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
            items.add(new Item(begun.conversation(), List.of(), begun));
        }
        for (Survivor survivor : notes.unlisted()) {
            items.add(new Item(survivor.conversation(), survivor.requestIds(), null));
        }
        run.progress.expectParents(items.size());
        return items;
    }

    /** Looks again for a note that this run has left in doubt. */
    void settle(OperationKey key, MergeRun run, Blame blame) {
        ledger.find(key).filter(begun -> !begun.state().isSettled()).ifPresent(begun -> {
            try {
                // It was counted when it was left in doubt.
                processor(run, blame, () -> {}).process(new Item(begun.conversation(), List.of(), begun));
            } catch (RequestFailedException e) {
                RetrySkipListener.logNote(e);
            }
        });
    }

    private void keep(OperationKey key, Outcome.InDoubt<?> outcome, MergeRun run) {
        run.noteDoubts.add(Doubt.of(key, outcome, clock.instant()));
    }

    /** Writes as many notes as the merges need. One that is in doubt does not keep the others. */
    private Outcome<ConversationId> write(Item item, MergeRun run) {
        List<Long> merges = new ArrayList<>(item.merges());
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
                keep(key, open, run);
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
        return IntStream.iterate(0, from -> from < item.merges().size(), from -> from + slice)
                .anyMatch(from -> search.isAnyClosedEarlier(
                        item.merges()
                                .subList(
                                        from,
                                        Math.min(from + slice, item.merges().size())),
                        run.executionId()));
    }

    private Outcome<List<SurvivorNoteApplier.Told>> told(Item item, MergeRun run) {
        return run.gate.survivorNotes().told(item.survivor(), notes.merges(item.merges()), run.workspace());
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

    private Outcome<ConversationId> resume(LedgerEntry begun, MergeRun run) {
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
