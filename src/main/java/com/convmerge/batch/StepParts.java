package com.convmerge.batch;

import com.convmerge.apply.MergeSettings;
import com.convmerge.intercom.ConversationLinks;
import com.convmerge.intercom.Intercom;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.support.TransactionTemplate;

/** What all steps are made of. */
record StepParts(
        JobRepository repository,
        PlatformTransactionManager transactions,
        AsyncTaskExecutor pool,
        MergeSettings settings,
        ConversationLinks links,
        Intercom intercom,
        RunCancellation brake,
        CircuitBreaker breaker,
        InFlightRequests inHand,
        RunProgress progress) {

    /**
     * A step that runs at each start: what it must do is what the rows say, also after a run that completed it. It runs outside
     * of any transaction, so that what it calls commits bit by bit, and no connection is held while Intercom is asked.
     */
    TaskletStep tasklet(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .allowStartIfComplete(true)
                .tasklet(tasklet, transactions)
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
                .listener(new StepEnd(brake, progress))
                .build();
    }

    /**
     * A step in chunks on the shared pool, which skips what fails for one item and nothing else. Single calls are tried again
     * where they are made; Spring Batch's own retry would run the whole item again.
     */
    <I, O> ChunkOrientedStepBuilder<I, O> chunks(String name) {
        ChunkOrientedStepBuilder<I, O> step =
                new StepBuilder(name, repository).allowStartIfComplete(true).chunk(settings.chunk());
        return step.transactionManager(transactions)
                .taskExecutor(pool)
                .faultTolerant()
                .processorNonTransactional()
                .retryPolicy(failure -> false)
                .skipPolicy((failure, skipped) -> failure instanceof RequestFailedException)
                .listener(new StepEnd(brake, progress));
    }

    /**
     * Reads pages outside of the chunk's transaction, which so begins with the chunk's results: none is open while Intercom is
     * asked. PostgreSQL would keep dead rows for it, or end it (idle_in_transaction_session_timeout). H2 2.4.240 leaves rows
     * behind after some kills (4 of 600 measured) that seem locked while a transaction with the dead one's number is open, and
     * numbers are used again: a short transaction passes, but that of a chunk kept a request from its claim until the run failed.
     *
     * @param ended whether the brake ends what the step does
     */
    <T> KeysetItemReader<T> pages(BooleanSupplier ended, Function<@Nullable T, List<T>> pageAfter) {
        TransactionTemplate outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return new KeysetItemReader<>(
                ended, last -> Objects.requireNonNull(outside.execute(status -> pageAfter.apply(last))));
    }

    RunContext contextOf(StepExecution step) {
        return RunContext.of(step, links);
    }
}
