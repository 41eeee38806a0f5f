package com.convmerge.batch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Tells the run its execution and its steps, and writes down why it ended early. A step that the cancellation ended is not
 * complete. After the deadline the steps go on to the report; then the job is marked STOPPED, so that it can be restarted although
 * each of its steps is complete.
 */
record RunEndListener(MergeRun run) implements JobExecutionListener, StepExecutionListener {
    /** Spring Batch looks into its tables after each chunk and before each step. */
    private static final String STOPPED_IN_TABLES =
            "another program stopped it in Spring Batch's tables (JobOperator.stop)";

    @Override
    public void beforeJob(JobExecution execution) {
        run.executionId(execution.getId());
    }

    @Override
    public void beforeStep(StepExecution step) {
        if (!isPartition(step)) {
            run.progress.begin(step.getStepName());
        }
    }

    private static boolean isPartition(StepExecution step) {
        return step.getStepName().contains(":");
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        if (step.getStatus() == BatchStatus.STOPPED) {
            run.cancellation.cancel(RunCancellation.Kind.STOPPED, STOPPED_IN_TABLES);
        }
        return run.cancellation
                .reason()
                .filter(reason -> reason.kind() != RunCancellation.Kind.DEADLINE)
                .map(reason -> {
                    step.upgradeStatus(reason.kind().status());
                    return new ExitStatus(reason.kind().status().name(), reason.message());
                })
                .orElse(null);
    }

    @Override
    public void afterJob(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.STOPPED) {
            run.cancellation.cancel(RunCancellation.Kind.STOPPED, STOPPED_IN_TABLES);
        }
        Optional<RunCancellation.Reason> cancelled = run.cancellation.reason();
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            cancelled.ifPresent(reason -> execution.setStatus(reason.kind().status()));
        }
        // This replaces the stack trace of an exception, which is all that Spring Batch has to say.
        cancelled
                .map(RunCancellation.Reason::message)
                .or(() -> RunFailures.cause(execution))
                .ifPresent(why -> execution.setExitStatus(new ExitStatus(exitCode(execution, cancelled), why)));
    }

    /** Later runs see by the exit code that this one found the database older than what was done. */
    private static String exitCode(JobExecution execution, Optional<RunCancellation.Reason> cancelled) {
        return cancelled
                .map(RunCancellation.Reason::kind)
                .filter(kind -> kind == RunCancellation.Kind.DATABASE_OLDER)
                .map(Enum::name)
                .orElse(execution.getStatus().name());
    }
}
