package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.requests.Survivor;
import com.convmerge.requests.SurvivorNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.Step;

/**
 * notifyParents: writes notes on survivors that list what was merged into them. The merges stand, whether the note can be written
 * or not. It also runs after the deadline.
 */
record NotifySurvivorsStep(StepFactory steps, Ledger ledger, SurvivorNotes notes) {
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
        return steps.<Item, ConversationId>chunks("notifyParents", run)
                .reader(new LoadedItemReader<>(run.cancellation::endsAll, this::items))
                .processor(new CancellableItemProcessor<>(
                        run,
                        run.cancellation::endsAll,
                        item -> write(item, run),
                        item -> new RequestFailedException.Item(List.of(), "survivor " + item.survivor()),
                        failure -> {}))
                // Each note is written down in the ledger as it is sent.
                .writer(written -> {})
                .build();
    }

    /** First the notes that an earlier run began, then the merges that no note lists yet. */
    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (LedgerEntry begun : ledger.unsettledSurvivorNotes()) {
            items.add(new Item(begun.conversation(), List.of(), begun));
        }
        for (Survivor survivor : notes.unlisted()) {
            items.add(new Item(survivor.conversation(), survivor.requestIds(), null));
        }
        return items;
    }

    private Outcome<ConversationId> write(Item item, MergeRun run) {
        LedgerEntry begun = item.begun();
        if (begun != null) {
            return resume(begun, run).map(key -> item.survivor());
        }
        List<Long> merges = item.merges();
        for (int from = 0; from < merges.size(); from += SurvivorNoteApplier.MERGES_IN_A_NOTE) {
            int to = Math.min(from + SurvivorNoteApplier.MERGES_IN_A_NOTE, merges.size());
            OperationKey key = OperationKey.ofSurvivorNote(
                    item.survivor(), run.executionId(), from / SurvivorNoteApplier.MERGES_IN_A_NOTE + 1);
            Outcome<OperationKey> written = begin(key, item.survivor(), merges.subList(from, to), run);
            if (written instanceof Outcome.Failed<OperationKey>) {
                return written.map(done -> item.survivor());
            }
        }
        return new Outcome.Done<>(item.survivor());
    }

    private Outcome<OperationKey> resume(LedgerEntry begun, MergeRun run) {
        List<MergeRequest> merges = notes.listedBy(begun.key());
        SurvivorNoteApplier applier = run.gate.survivorNotes();
        return merges.isEmpty()
                ? applier.abandon(begun)
                : applier.resume(begun, merges, run.workspace(), run.executionId());
    }

    private Outcome<OperationKey> begin(OperationKey key, ConversationId survivor, List<Long> merges, MergeRun run) {
        SurvivorNoteApplier applier = run.gate.survivorNotes();
        Optional<LedgerEntry> claimed = applier.claim(key, survivor, run.workspace(), run.executionId());
        if (claimed.isEmpty()) {
            return new Outcome.Failed<>(OperationKind.SURVIVOR_NOTE, claimedElsewhere(key));
        }
        notes.assign(key, merges);
        List<MergeRequest> listed = notes.listedBy(key);
        return listed.isEmpty() ? applier.abandon(claimed.get()) : applier.send(claimed.get(), listed, run.workspace());
    }

    private static Failure claimedElsewhere(OperationKey key) {
        return Failure.withoutAnswer(
                FailureKind.STOPS_THE_RUN, "claimed_elsewhere", "operation " + key + " was claimed by another run");
    }
}
