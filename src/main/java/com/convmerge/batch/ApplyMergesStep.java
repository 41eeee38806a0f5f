package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
import com.convmerge.merge.Strategy;
import com.convmerge.requests.PartitionKeys;
import com.convmerge.requests.PendingRequests;
import com.convmerge.requests.Requests;
import com.convmerge.retries.Retries;
import com.convmerge.settings.Settings;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * applyMerges: reads the requests that are to be applied, looks at each one's survivor when its turn has come, applies it through the
 * gate, and writes the results.
 *
 * <p>It works in eight partitions on one pool, because a step has one chunk in flight and waits for its slowest item: one step
 * with chunks of 100 reached 71 % of the ideal, eight reached 94 % (5,000 requests, 3 calls of 100 ms, 64 threads).
 */
final class ApplyMergesStep {
    private static final int PARTITIONS = 8;
    private static final String FIRST_KEY = "firstKey";
    private static final String LAST_KEY = "lastKey";

    private final StepFactory steps;
    private final Requests requests;
    private final PendingRequests pending;
    private final Retries retries;
    private final Settings settings;
    private final int connections;
    private final SteadyClock clock;
    private final TransactionTemplate outsideOfChunk;

    ApplyMergesStep(
            StepFactory steps,
            Requests requests,
            PendingRequests pending,
            Retries retries,
            Settings settings,
            HikariDataSource dataSource,
            PlatformTransactionManager transactions,
            SteadyClock clock) {
        this.steps = steps;
        this.requests = requests;
        this.pending = pending;
        this.retries = retries;
        this.settings = settings;
        this.clock = clock;
        this.connections = dataSource.getMaximumPoolSize();
        this.outsideOfChunk = new TransactionTemplate(transactions);
        this.outsideOfChunk.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    Step of(MergeRun run, SurvivorChecks checks) {
        Blame blame = steps.blame(run, OperationKind.NOTE, run.progress::failed);
        return steps.named("applyMerges", run)
                .listener(new StepExecutionListener() {
                    @Override
                    public void beforeStep(StepExecution step) {
                        long due = pending.count(run.parameters.upToId());
                        run.expect(due);
                        if (due > 0) {
                            run.findSnoozed();
                        }
                    }
                })
                .listener(new BlameListener(run, blame))
                .partitioner("applyPartition", partitioner())
                .step(new StepPerPartition(
                        "applyPartition", run.cancellation, keys -> partition(run, checks, keys, blame)))
                .gridSize(partitions(connections))
                .taskExecutor(new SimpleAsyncTaskExecutor("partition-"))
                .build();
    }

    private Step partition(MergeRun run, SurvivorChecks checks, ExecutionContext keys, Blame blame) {
        return steps.<MergeRequest, Applied>chunks("applyPartition", run)
                .reader(new KeysetItemReader(
                        pending, run, outsideOfChunk, keys.getInt(FIRST_KEY), keys.getInt(LAST_KEY), settings.chunk()))
                .processor(processor(run, checks, blame, doubt -> {
                    if (doubt.isJustSent()) {
                        run.observe(doubt.failure());
                    }
                }))
                .writer(applied -> write(List.copyOf(applied.getItems()), run))
                .build();
    }

    /**
     * What came of a request.
     *
     * @param rejection why it cannot be done as asked; null if it is merged
     */
    record Applied(MergeRequest request, @Nullable String rejection) {
        /** The conversation that is certainly there. What Intercom itself has merged need not be there any more. */
        ConversationId shown(Strategy otherwise) {
            return rejection == null && !request.strategyOr(otherwise).isNative()
                    ? request.duplicate()
                    : request.survivor();
        }
    }

    /**
     * Applies one request through the gate, once its survivor was looked at. What is in doubt is kept in the run.
     *
     * @param onDoubt takes what is in doubt, too
     */
    CancellableItemProcessor<MergeRequest, Applied> processor(
            MergeRun run, SurvivorChecks checks, Blame blame, Consumer<Outcome.InDoubt<Applied>> onDoubt) {
        return new CancellableItemProcessor<>(
                run,
                run.cancellation::endsMerges,
                request -> apply(request, run, checks),
                (request, operation) -> operation == OperationKind.SURVIVOR_CHECK
                        ? new RequestFailedException.Item(List.of(request.id()), "parent", request.survivor())
                        : new RequestFailedException.Item(List.of(request.id()), "conversation", request.duplicate()),
                applied -> applied.shown(settings.strategy()),
                (request, outcome) -> {
                    run.doubts.add(Doubt.of(request.id(), outcome, clock.instant()));
                    onDoubt.accept(outcome);
                },
                outcome -> observe(outcome, run),
                blame);
    }

    private Outcome<Applied> apply(MergeRequest request, MergeRun run, SurvivorChecks checks) {
        Outcome<Optional<String>> survivor = checks.of(request.survivor());
        if (!(survivor instanceof Outcome.Done<Optional<String>> looked)
                || looked.value().isPresent()) {
            return survivor.map(rejection -> new Applied(request, rejection.orElse(null)));
        }
        return run.gate
                .requests()
                .apply(
                        request,
                        run.workspace(),
                        run.executionId(),
                        run.snoozedUntil(request.duplicate()),
                        () -> pending.isAsRead(request))
                .map(id -> new Applied(request, null));
    }

    private static void observe(Outcome<Applied> outcome, MergeRun run) {
        if (outcome instanceof Outcome.Failed<Applied> failed) {
            run.progress.failed();
            // A pair that Intercom will not merge says that Intercom is well.
            boolean isRefusedMerge = failed.operation() == OperationKind.MERGE_NATIVE
                    && failed.failure().kind() == FailureKind.REFUSED;
            if (failed.operation() != OperationKind.SURVIVOR_CHECK) {
                run.observe(isRefusedMerge ? null : failed.failure());
            }
        } else if (((Outcome.Done<Applied>) outcome).value().rejection() == null) {
            run.progress.merged();
            run.observe(null);
        } else {
            run.progress.rejected();
        }
    }

    /** Writes down what came of requests. */
    void write(List<Applied> applied, MergeRun run) {
        Map<Long, ConversationId> survivors = new LinkedHashMap<>();
        for (Applied one : applied) {
            long id = one.request().id();
            if (one.rejection() == null) {
                survivors.put(id, one.request().survivor());
            } else {
                requests.reject(List.of(id), one.rejection(), run.executionId());
            }
        }
        retries.remove(requests.merged(survivors, settings.notifyParents(), run.executionId()));
    }

    /** Each partition holds a connection through its chunk; at least as many must be left for the workers' ledger. */
    static int partitions(int connections) {
        return Math.max(1, Math.min(PARTITIONS, connections / 2));
    }

    /** Shares the partition keys out in ranges of about the same length. */
    static Partitioner partitioner() {
        return gridSize -> {
            Map<String, ExecutionContext> partitions = new HashMap<>();
            for (int i = 0; i < gridSize; i++) {
                ExecutionContext context = new ExecutionContext();
                context.putInt(FIRST_KEY, PartitionKeys.COUNT * i / gridSize);
                context.putInt(LAST_KEY, PartitionKeys.COUNT * (i + 1) / gridSize - 1);
                partitions.put("partition" + i, context);
            }
            return partitions;
        };
    }
}
