package com.convmerge.batch;

import com.convmerge.report.ErrorMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Lets a step end only when it is decided whose fault its failures are. To be registered after the {@link RunEndListener}. */
record BlameListener(MergeRun run, Blame blame) implements StepExecutionListener {
    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        try {
            blame.settle();
        } catch (RuntimeException e) {
            // Spring Batch would only log it.
            run.fail(ErrorMessages.oneLine(e));
        }
        return null;
    }
}
