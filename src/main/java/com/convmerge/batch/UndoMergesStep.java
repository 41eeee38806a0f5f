package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.apply.UndoApplier.Undone;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import com.convmerge.requests.MergedRequests;
import com.convmerge.requests.Requests;
import com.convmerge.undo.AskedUndo;
import com.convmerge.undo.Undos;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.step.Step;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** undoMerges: takes merges back, one duplicate after the other, through the gate, and settles what stays in doubt. */
final class UndoMergesStep {
    private static final Logger log = LoggerFactory.getLogger(UndoMergesStep.class);

    private final StepFactory steps;
    private final Undos undos;
    private final MergedRequests merged;
    private final Requests requests;
    private final DoubtRounds rounds;
    private final SteadyClock clock;
    private final TransactionTemplate transaction;

    UndoMergesStep(
            StepFactory steps,
            Undos undos,
            MergedRequests merged,
            Requests requests,
            DoubtRounds rounds,
            SteadyClock clock,
            PlatformTransactionManager transactions) {
        this.steps = steps;
        this.undos = undos;
        this.merged = merged;
        this.requests = requests;
        this.rounds = rounds;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A merge that is to be taken back.
     *
     * @param merge with the reason of the undo, and who wants it
     * @param wasTold whether its survivor was told of the merge
     */
    private record Item(MergeRequest merge, boolean redactsNote, boolean wasTold) {}

    /** What came of one. */
    private record Result(Item item, Undone undone) {}

    Step of(MergeRun run) {
        Blame blame = blame(run);
        SkipListener<Item, Result> onSkip = new SkipListener<>() {
            @Override
            public void onSkipInProcess(Item item, Throwable t) {
                file((RequestFailedException) t);
            }
        };
        return steps.chunks("undoMerges", run, onSkip)
                .listener(new BlameListener(run, blame))
                .reader(new LoadedItemReader<>(run.cancellation::endsMerges, () -> {
                    List<Item> items = items(undos.open(run.number));
                    run.expect(items.size());
                    return items;
                }))
                .processor(processor(run, blame))
                .writer(results -> write(List.copyOf(results.getItems()), run))
                .build();
    }

    /** Looks again for what {@link #of} left in doubt. */
    Step settle(MergeRun run) {
        return steps.tasklet("settleUndone", run, () -> {
            Blame blame = blame(run);
            rounds.settle(run, run.doubts, ids -> again(ids, run, blame), doubt -> {
                run.progress.failed();
                undos.failed(doubt.item(), doubt.operation(), doubt.failure());
                log.warn(
                        "request {}: {} in doubt: {}; it is looked for again when the undo is asked for again",
                        doubt.item(),
                        doubt.operation().label(),
                        doubt.failure().describe());
            });
            blame.settle();
        });
    }

    private void again(List<Long> ids, MergeRun run, Blame blame) {
        CancellableItemProcessor<Item, Result> processor = processor(run, blame);
        List<Result> results = new ArrayList<>();
        for (Item item : items(undos.openOf(ids))) {
            try {
                Result result = processor.process(item);
                if (result != null) {
                    results.add(result);
                }
            } catch (RequestFailedException e) {
                file(e);
            }
        }
        transaction.executeWithoutResult(status -> write(results, run));
    }

    /** A request that somebody has changed meanwhile is not merged any more, and there is nothing to take back. */
    private List<Item> items(List<AskedUndo> asked) {
        Map<Long, MergedRequests.Merged> merges =
                merged.merges(asked.stream().map(AskedUndo::requestId).toList()).stream()
                        .collect(Collectors.toMap(merge -> merge.request().id(), Function.identity()));
        List<Item> items = new ArrayList<>();
        for (AskedUndo one : asked) {
            MergedRequests.Merged merge = merges.get(one.requestId());
            if (merge == null) {
                log.warn(
                        "request {} is not MERGED any more: somebody has changed its row; it is left as it is",
                        one.requestId());
                undos.failed(one.requestId(), OperationKind.UNDO_NOTE, notMerged());
            } else {
                items.add(new Item(one.of(merge), one.redactsNote(), merge.survivorNote() != null));
            }
        }
        return items;
    }

    private static Failure notMerged() {
        return Failure.withoutAnswer(FailureKind.REFUSED, "row_changed", "the request is not MERGED any more");
    }

    private CancellableItemProcessor<Item, Result> processor(MergeRun run, Blame blame) {
        return new CancellableItemProcessor<>(
                run,
                run.cancellation::endsMerges,
                item -> run.gate
                        .undos()
                        .apply(item.merge(), item.redactsNote(), run.workspace(), run.executionId())
                        .map(undone -> new Result(item, undone)),
                (item, operation) -> new RequestFailedException.Item(
                        List.of(item.merge().id()), "conversation", item.merge().duplicate()),
                result -> result.item().merge().duplicate(),
                (item, outcome) -> {
                    run.doubts.add(Doubt.of(item.merge().id(), outcome, clock.instant()));
                    if (outcome.isJustSent()) {
                        run.observe(outcome.failure());
                    }
                },
                outcome -> observe(outcome, run),
                blame);
    }

    private static void observe(Outcome<Result> outcome, MergeRun run) {
        if (outcome instanceof Outcome.Failed<Result> failed) {
            run.progress.failed();
            run.observe(failed.failure());
        } else {
            run.progress.merged();
            run.observe(null);
        }
    }

    private Blame blame(MergeRun run) {
        return steps.blame(run, OperationKind.UNDO_NOTE, failed -> {
            run.progress.failed();
            file(failed);
        });
    }

    /** What fails is kept with the undo, and stays MERGED. */
    private void file(RequestFailedException failed) {
        ConversationId duplicate = failed.item.conversation();
        for (long id : failed.item.requestIds()) {
            undos.failed(id, failed.operation, failed.failure);
            log.warn(
                    "request {} (conversation {}): {} {}: {}; it stays MERGED, and can be asked for again",
                    id,
                    duplicate,
                    failed.operation.label(),
                    failed.failure.kind().label(),
                    failed.failure.describe());
        }
    }

    private void write(List<Result> results, MergeRun run) {
        Map<Long, String> leftAlone = new LinkedHashMap<>();
        Set<Long> told = new LinkedHashSet<>();
        for (Result result : results) {
            leftAlone.put(result.undone().requestId(), result.undone().leftAlone());
            if (result.item().wasTold()) {
                told.add(result.undone().requestId());
            }
        }
        undos.done(leftAlone, told);
        requests.undone(leftAlone, run.executionId());
    }
}
