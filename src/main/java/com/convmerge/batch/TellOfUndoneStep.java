package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.batch.SurvivorNoteSteps.Item;
import com.convmerge.ledger.Ledger;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
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
import org.springframework.batch.core.step.Step;

/** tellOfUndone: writes notes on survivors that list what of their merges was taken back, each once. */
record TellOfUndoneStep(SurvivorNoteSteps common, Ledger ledger, Undos undos, SurvivorNotes merges)
        implements SurvivorNoteSteps.Notes {
    Step of(MergeRun run) {
        return common.step("tellOfUndone", run, this);
    }

    @Override
    public OperationKind kind() {
        return OperationKind.UNDO_SURVIVOR_NOTE;
    }

    @Override
    public List<Item> items(MergeRun run) {
        List<Item> items = new ArrayList<>();
        for (LedgerEntry begun : ledger.unsettledNotes(OperationKind.UNDO_SURVIVOR_NOTE)) {
            items.add(Item.of(begun));
        }
        Map<ConversationId, List<Long>> bySurvivor = new LinkedHashMap<>();
        List<Long> untold = undos.untold().stream().map(AskedUndo::requestId).toList();
        merges.merges(untold).forEach(merge -> bySurvivor
                .computeIfAbsent(merge.survivor(), survivor -> new ArrayList<>())
                .add(merge.id()));
        bySurvivor.forEach((survivor, undone) -> items.add(new Item(survivor, undone, null)));
        return items;
    }

    @Override
    public Outcome<ConversationId> write(Item item, MergeRun run) {
        int slice = SurvivorNoteApplier.MERGES_IN_A_NOTE;
        for (int from = 0, note = 1; from < item.requests().size(); from += slice, note++) {
            List<Long> listed = item.requests()
                    .subList(from, Math.min(from + slice, item.requests().size()));
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
                common.keep(key, open, run);
            }
        }
        return new Outcome.Done<>(item.survivor());
    }

    @Override
    public Outcome<ConversationId> resume(LedgerEntry begun, MergeRun run) {
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
