package com.convmerge.batch;

import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Builds a step of its own for each partition: its reader belongs to the partition, and a step serves one execution at a time. */
record StepPerPartition(String name, Function<ExecutionContext, Step> builder) implements Step {
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
        builder.apply(execution.getExecutionContext()).execute(execution);
    }
}
