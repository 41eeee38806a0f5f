package com.convmerge.batch;

import com.convmerge.report.ErrorMessages;
import java.util.function.Function;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Builds a step of its own for each partition: its reader belongs to the partition, and a step serves one execution at a time. What
 * breaks a partition ends the run with that as its reason, because Spring Batch tells the step above only that one of its partitions
 * was not successful.
 */
record StepPerPartition(String name, RunCancellation cancellation, Function<ExecutionContext, Step> builder)
        implements Step {
    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isAllowStartIfComplete() {
        return true;
    }

    @Override
    public void execute(StepExecution execution) throws JobInterruptedException {
        try {
            builder.apply(execution.getExecutionContext()).execute(execution);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
        // Spring Batch calls it a failure, too, when another program stops the execution in its tables.
        if (execution.getStatus() != BatchStatus.STOPPED) {
            execution.getFailureExceptions().stream().findFirst().ifPresent(this::fail);
        }
    }

    private void fail(Throwable e) {
        cancellation.cancel(RunCancellation.Kind.FAILED, ErrorMessages.oneLine(e));
    }
}
