package com.convmerge.batch;

import com.convmerge.apply.Outcome;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.MergeRequest;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SteadyClock;
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
import java.util.function.Consumer;
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
 * applyMerges: reads the requests that are to be applied, applies them through the gate, writes the results.
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

    Step of(MergeRun run) {
        Blame blame = steps.blame(run, OperationKind.NOTE, run.progress::failed);
        return steps.named("applyMerges", run)
                .listener(new StepExecutionListener() {
                    @Override
                    public void beforeStep(StepExecution step) {
                        run.expect(pending.count(run.parameters.upToId()));
                    }
                })
                .listener(new BlameListener(run, blame))
                .partitioner("applyPartition", partitioner())
                .step(new StepPerPartition("applyPartition", run.cancellation, keys -> partition(run, keys, blame)))
                .gridSize(partitions(connections))
                .taskExecutor(new SimpleAsyncTaskExecutor("partition-"))
                .build();
    }

    private Step partition(MergeRun run, ExecutionContext keys, Blame blame) {
        return steps.<MergeRequest, MergeRequest>chunks("applyPartition", run)
                .reader(new KeysetItemReader(
                        pending, run, outsideOfChunk, keys.getInt(FIRST_KEY), keys.getInt(LAST_KEY), settings.chunk()))
                .processor(processor(run, blame, doubt -> {
                    if (doubt.isJustSent()) {
                        run.observe(doubt.failure());
                    }
                }))
                .writer(merged -> write(List.copyOf(merged.getItems()), run))
                .build();
    }

    /**
     * Applies one request through the gate. What is in doubt is kept in the run.
     *
     * @param onDoubt takes what is in doubt, too
     */
    CancellableItemProcessor<MergeRequest, MergeRequest> processor(
            MergeRun run, Blame blame, Consumer<Outcome.InDoubt<MergeRequest>> onDoubt) {
        return new CancellableItemProcessor<>(
                run,
                run.cancellation::endsMerges,
                request -> run.gate
                        .requests()
                        .apply(request, run.workspace(), run.executionId(), () -> pending.isAsRead(request))
                        .map(id -> request),
                request -> new RequestFailedException.Item(List.of(request.id()), "conversation", request.duplicate()),
                (request, outcome) -> {
                    run.doubts.add(Doubt.of(request.id(), outcome, clock.instant()));
                    onDoubt.accept(outcome);
                },
                failure -> {
                    if (failure == null) {
                        run.progress.merged();
                    } else {
                        run.progress.failed();
                    }
                    run.observe(failure);
                },
                blame);
    }

    /** Writes down that requests are merged. */
    void write(List<MergeRequest> merged, MergeRun run) {
        Map<Long, ConversationId> survivors = new LinkedHashMap<>();
        merged.forEach(request -> survivors.put(request.id(), request.survivor()));
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
