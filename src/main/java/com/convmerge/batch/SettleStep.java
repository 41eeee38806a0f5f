package com.convmerge.batch;

import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.requests.PendingRequests;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryDecision;
import com.convmerge.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.Step;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * settle: looks again for what applyMerges left in doubt. Requests whose operation is found go on to their next ones; the rest goes
 * to the retry table. settleNotes does the same for the notes on survivors.
 */
final class SettleStep {
    private static final Logger log = LoggerFactory.getLogger(SettleStep.class);

    private final StepFactory steps;
    private final DoubtRounds rounds;
    private final ApplyMergesStep applyMerges;
    private final PendingRequests pending;
    private final Retries retries;
    private final SurvivorNoteSteps survivorNotes;
    private final List<SurvivorNoteSteps.Notes> kinds;
    private final Settings settings;
    private final ThreadPoolTaskExecutor pool;
    private final TransactionTemplate transaction;

    SettleStep(
            StepFactory steps,
            DoubtRounds rounds,
            ApplyMergesStep applyMerges,
            PendingRequests pending,
            Retries retries,
            SurvivorNoteSteps survivorNotes,
            List<SurvivorNoteSteps.Notes> kinds,
            Settings settings,
            ThreadPoolTaskExecutor pool,
            PlatformTransactionManager transactions) {
        this.steps = steps;
        this.rounds = rounds;
        this.applyMerges = applyMerges;
        this.pending = pending;
        this.retries = retries;
        this.survivorNotes = survivorNotes;
        this.kinds = kinds;
        this.settings = settings;
        this.pool = pool;
        this.transaction = new TransactionTemplate(transactions);
    }

    Step ofRequests(MergeRun run, SurvivorChecks checks) {
        return steps.tasklet("settle", run, () -> {
            Blame blame = steps.blame(run, OperationKind.NOTE, run.progress::failed);
            rounds.settle(run, run.doubts, ids -> applyAgain(ids, run, checks, blame), doubt -> file(doubt, run));
            blame.settle();
        });
    }

    Step ofNotes(MergeRun run) {
        return steps.tasklet("settleNotes", run, () -> {
            Blame blame = steps.blame(run, OperationKind.SURVIVOR_NOTE, () -> {});
            rounds.settle(
                    run,
                    run.noteDoubts,
                    keys -> onPool(keys, key -> {
                        kinds.forEach(notes -> survivorNotes.settle(key, run, blame, notes));
                        return Optional.empty();
                    }),
                    SettleStep::leave);
            blame.settle();
        });
    }

    /** Applies requests again, and writes down which are merged now. One that is no longer PENDING is left alone. */
    private void applyAgain(List<Long> ids, MergeRun run, SurvivorChecks checks, Blame blame) {
        CancellableItemProcessor<MergeRequest, ApplyMergesStep.Applied> processor =
                applyMerges.processor(run, checks, blame, doubt -> {});
        RetrySkipListener<MergeRequest, ApplyMergesStep.Applied> onFailure = new RetrySkipListener<>(retries, run);
        for (int from = 0; from < ids.size(); from += settings.chunk()) {
            List<Long> slice = ids.subList(from, Math.min(from + settings.chunk(), ids.size()));
            List<ApplyMergesStep.Applied> applied = onPool(pending.of(slice), request -> {
                try {
                    return Optional.ofNullable(processor.process(request));
                } catch (RequestFailedException e) {
                    onFailure.onSkipInProcess(request, e);
                    return Optional.<ApplyMergesStep.Applied>empty();
                }
            });
            transaction.executeWithoutResult(status -> applyMerges.write(applied, run));
        }
    }

    /** Does the work for all items at the same time; returns what came of it, without those of which nothing came. */
    private <I, O> List<O> onPool(List<I> items, Function<I, Optional<O>> work) {
        List<CompletableFuture<Optional<O>>> futures = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), pool))
                .toList();
        return futures.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    private void file(Doubt<Long> doubt, MergeRun run) {
        run.progress.failed();
        // Before it is filed, as it is not pending any more afterwards.
        String subject = pending.of(List.of(doubt.item())).stream()
                .findFirst()
                .map(request -> "conversation " + request.duplicate())
                .orElse("its row was changed meanwhile");
        RetryDecision decision = retries.file(
                doubt.item(), doubt.operation(), doubt.failure(), rounds.settledAt(doubt), run.executionId());
        log.warn(
                "request {} ({}): {} in doubt: {}; {}",
                doubt.item(),
                subject,
                doubt.operation().label(),
                doubt.failure().describe(),
                decision.next());
    }

    private static void leave(Doubt<OperationKey> doubt) {
        log.warn(
                "note {} on a survivor: in doubt: {}; {}, the next run looks for it again",
                doubt.item(),
                doubt.failure().describe(),
                RetrySkipListener.stands(doubt.operation()));
    }
}
