package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import com.convmerge.requests.SurvivorNotes;
import com.convmerge.undo.AskedUndo;
import com.convmerge.undo.Undos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;

/** tellOfUndone: writes notes on survivors that list what of their merges was taken back, each once. */
record TellOfUndoneStep(
        StepFactory steps,
        Ledger ledger,
        Undos undos,
        SurvivorNotes merges,
        SurvivorSnoozes snoozes,
        DoubtRounds rounds,
        SteadyClock clock) {
    /**
     * A survivor that is to get notes.
     *
     * @param undone the requests that no note lists yet
     * @param begun instead of them the ledger's row of a note that an earlier run began
     */
    private record Item(
            ConversationId survivor,
            List<Long> undone,
            @Nullable LedgerEntry begun) {}

    Step of(MergeRun run) {
        Blame blame = blame(run);
        return steps.<Item, ConversationId>chunks("tellOfUndone", run)
                .listener(new BlameListener(run, blame))
                .reader(new LoadedItemReader<>(run.cancellation::endsAll, () -> items(run)))
                .processor(processor(run, blame, run.progress::parentDone))
                // Each note is written down in the ledger as it is sent.
                .writer(written -> {})
                .build();
    }

    /** Looks again for the notes that were left in doubt. */
    Step settle(MergeRun run) {
        return steps.tasklet("settleNotes", run, () -> {
            Blame blame = blame(run);
            rounds.settle(run, run.noteDoubts, keys -> keys.forEach(key -> again(key, run, blame)), SettleStep::leave);
            blame.settle();
        });
    }

    private Blame blame(MergeRun run) {
        return steps.blame(run, OperationKind.UNDO_SURVIVOR_NOTE, () -> {});
    }

    private void again(OperationKey key, MergeRun run, Blame blame) {
        ledger.find(key).filter(begun -> !begun.state().isSettled()).ifPresent(begun -> {
            try {
                processor(run, blame, () -> {}).process(new Item(begun.conversation(), List.of(), begun));
            } catch (RequestFailedException e) {
                RetrySkipListener.logNote(e);
            }
        });
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

    private List<Item> items(MergeRun run) {
        List<Item> items = new ArrayList<>();
        for (LedgerEntry begun : ledger.unsettledNotes(OperationKind.UNDO_SURVIVOR_NOTE)) {
            items.add(new Item(begun.conversation(), List.of(), begun));
        }
        Map<ConversationId, List<Long>> bySurvivor = new LinkedHashMap<>();
        List<Long> untold = undos.untold().stream().map(AskedUndo::requestId).toList();
        merges.merges(untold).forEach(merge -> bySurvivor
                .computeIfAbsent(merge.survivor(), survivor -> new ArrayList<>())
                .add(merge.id()));
        bySurvivor.forEach((survivor, undone) -> items.add(new Item(survivor, undone, null)));
        run.progress.expectParents(items.size());
        return items;
    }

    private void keep(OperationKey key, Outcome.InDoubt<?> outcome, MergeRun run) {
        run.noteDoubts.add(Doubt.of(key, outcome, clock.instant()));
    }

    private Outcome<ConversationId> write(Item item, MergeRun run) {
        int slice = SurvivorNoteApplier.MERGES_IN_A_NOTE;
        for (int from = 0, note = 1; from < item.undone().size(); from += slice, note++) {
            List<Long> listed = item.undone()
                    .subList(from, Math.min(from + slice, item.undone().size()));
            OperationKey key = OperationKey.ofUndoOnSurvivor(item.survivor(), run.executionId(), note);
            Outcome<OperationKey> written = run.gate
                    .undoNotes()
                    .write(
                            key,
                            item.survivor(),
                            () -> {
                                undos.assign(key, listed);
                                return listedBy(key);
                            },
                            run.workspace(),
                            run.executionId());
            if (written instanceof Outcome.Failed<OperationKey>) {
                return written.map(done -> item.survivor());
            }
            if (written instanceof Outcome.InDoubt<OperationKey> open) {
                keep(key, open, run);
            }
        }
        return new Outcome.Done<>(item.survivor());
    }

    private Outcome<ConversationId> resume(LedgerEntry begun, MergeRun run) {
        List<MergeRequest> listed = listedBy(begun.key());
        SurvivorNoteApplier applier = run.gate.undoNotes();
        Outcome<OperationKey> outcome = listed.isEmpty()
                ? applier.abandon(begun)
                : applier.resume(begun, listed, run.workspace(), run.executionId());
        return outcome.map(key -> begun.conversation());
    }

    /** The merges with the reason of their undo, and who wants it. */
    private List<MergeRequest> listedBy(OperationKey key) {
        Map<Long, AskedUndo> asked =
                undos.listedBy(key).stream().collect(Collectors.toMap(AskedUndo::requestId, Function.identity()));
        return merges.merges(List.copyOf(asked.keySet())).stream()
                .map(merge -> Objects.requireNonNull(asked.get(merge.id())).of(merge))
                .toList();
    }
}
