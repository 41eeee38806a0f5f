package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;

/** What the steps have in common that write notes on survivors: of merges, and of merges that were taken back. */
record SurvivorNoteSteps(StepFactory steps, Ledger ledger, SurvivorSnoozes snoozes, SteadyClock clock) {
    /**
     * A survivor that is to get notes.
     *
     * @param requests those that no note lists yet
     * @param begun instead of them the ledger's row of a note that an earlier run began; which requests it lists is known
     */
    record Item(
            ConversationId survivor,
            List<Long> requests,
            @Nullable LedgerEntry begun) {
        static Item of(LedgerEntry begun) {
            return new Item(begun.conversation(), List.of(), begun);
        }
    }

    /** Notes of one kind. */
    interface Notes {
        OperationKind kind();

        /** First the notes that an earlier run began, then the requests that no note lists yet. */
        List<Item> items(MergeRun run);

        /** Writes as many notes as the requests of the item need. */
        Outcome<ConversationId> write(Item item, MergeRun run);

        /** Finishes a note that was begun before, or finds that it is there. */
        Outcome<ConversationId> resume(LedgerEntry begun, MergeRun run);
    }

    Step step(String name, MergeRun run, Notes notes) {
        Blame blame = steps.blame(run, notes.kind(), () -> {});
        return steps.<Item, ConversationId>chunks(name, run)
                .listener(new BlameListener(run, blame))
                .reader(new LoadedItemReader<>(run.cancellation::endsAll, () -> {
                    List<Item> items = notes.items(run);
                    run.progress.expectParents(items.size());
                    return items;
                }))
                .processor(processor(run, blame, notes, run.progress::parentDone))
                // Each note is written down in the ledger as it is sent.
                .writer(written -> {})
                .build();
    }

    private CancellableItemProcessor<Item, ConversationId> processor(
            MergeRun run, Blame blame, Notes notes, Runnable onDone) {
        return new CancellableItemProcessor<>(
                run,
                run.cancellation::endsAll,
                item -> snoozes.around(
                        item.survivor(),
                        run,
                        () -> item.begun() == null ? notes.write(item, run) : notes.resume(item.begun(), run)),
                (item, operation) -> new RequestFailedException.Item(List.of(), "survivor", item.survivor()),
                survivor -> survivor,
                (item, outcome) -> keep(Objects.requireNonNull(item.begun()).key(), outcome, run),
                outcome -> onDone.run(),
                blame);
    }

    /** Keeps a note that is in doubt, to be looked for again. */
    void keep(OperationKey key, Outcome.InDoubt<?> outcome, MergeRun run) {
        run.noteDoubts.add(Doubt.of(key, outcome, clock.instant()));
    }

    /** Looks again for a note that this run has left in doubt, if it is one of these. */
    void settle(OperationKey key, MergeRun run, Blame blame, Notes notes) {
        ledger.find(key)
                .filter(begun -> begun.kind() == notes.kind() && !begun.state().isSettled())
                .ifPresent(begun -> {
                    try {
                        // It was counted when it was left in doubt.
                        processor(run, blame, notes, () -> {}).process(Item.of(begun));
                    } catch (RequestFailedException e) {
                        RetrySkipListener.logNote(e);
                    }
                });
    }
}
