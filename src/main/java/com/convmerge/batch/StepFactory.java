package com.convmerge.batch;

import com.convmerge.merge.OperationKind;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.retries.Retries;
import com.convmerge.settings.Settings;
import java.util.function.Consumer;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Defines what the steps have in common. Each step runs at each start, also after a run that completed it: what it must do is
 * what the rows say.
 */
final class StepFactory {
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final ThreadPoolTaskExecutor pool;
    private final Retries retries;
    private final CheckedSurvivors survivors;
    private final int chunk;

    StepFactory(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ThreadPoolTaskExecutor pool,
            Retries retries,
            CheckedSurvivors survivors,
            Settings settings) {
        this.repository = repository;
        this.transactions = transactions;
        this.pool = pool;
        this.retries = retries;
        this.survivors = survivors;
        this.chunk = settings.chunk();
    }

    StepBuilder named(String name, MergeRun run) {
        return new StepBuilder(name, repository).allowStartIfComplete(true).listener(new RunEndListener(run));
    }

    /**
     * Decides in one step of the run whose fault a failure is.
     *
     * @param operation what a fault of our own is filed under
     * @param onFiled called for each failure that was held back and is its item's own
     */
    Blame blame(MergeRun run, OperationKind operation, Runnable onFiled) {
        RetrySkipListener<Object, Object> onFailure = new RetrySkipListener<>(retries, run);
        return blame(run, operation, failed -> {
            onFiled.run();
            onFailure.onSkipInProcess(failed.item, failed);
        });
    }

    /** @param file takes each failure that was held back and is its item's own */
    Blame blame(MergeRun run, OperationKind operation, Consumer<RequestFailedException> file) {
        return new Blame(run, operation, new Suspects(), survivors, file);
    }

    /** A step outside of any transaction, so that what it calls commits bit by bit and holds no connection meanwhile. */
    Step tasklet(String name, MergeRun run, Runnable work) {
        return named(name, run)
                .tasklet(
                        (contribution, chunk) -> {
                            work.run();
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
                .build();
    }

    /**
     * A step in chunks on the shared pool, which skips what fails for one item into the retry table. Single calls are tried again
     * where they are made; Spring Batch's own retry would run the whole item again.
     */
    <I, O> ChunkOrientedStepBuilder<I, O> chunks(String name, MergeRun run) {
        return chunks(name, run, new RetrySkipListener<>(retries, run));
    }

    /** @param onSkip takes what fails for one item, instead of the retry table */
    <I, O> ChunkOrientedStepBuilder<I, O> chunks(String name, MergeRun run, SkipListener<I, O> onSkip) {
        ChunkOrientedStepBuilder<I, O> step = named(name, run).chunk(chunk);
        return step.transactionManager(transactions)
                .taskExecutor(pool)
                .faultTolerant()
                .processorNonTransactional()
                .retryPolicy(failure -> false)
                .skipPolicy(new RequestSkipPolicy())
                .skipListener(onSkip);
    }
}
