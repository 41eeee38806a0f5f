package com.convmerge.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Tells the progress bar which step is under way, and marks a step that the brake ended as what it is: not complete. After the
 * deadline the steps go on to the report; {@link JobEnd} marks the job then.
 */
final class StepEnd implements StepExecutionListener {
    private final RunCancellation brake;
    private final RunProgress progress;

    StepEnd(RunCancellation brake, RunProgress progress) {
        this.brake = brake;
        this.progress = progress;
    }

    @Override
    public void beforeStep(StepExecution step) {
        if (!step.getStepName().contains(":")) {
            // Not a partition.
            progress.executing(step.getJobExecutionId());
            progress.begin(step.getStepName());
        }
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        return brake.reason()
                .filter(reason -> reason.kind() != RunCancellation.Kind.DEADLINE)
                .map(reason -> {
                    step.upgradeStatus(reason.kind().status());
                    return new ExitStatus(reason.kind().status().name(), reason.message());
                })
                .orElse(null);
    }
}
