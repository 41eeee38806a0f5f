package com.convmerge.batch;

import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Writes down why a run ended before its end. One that the deadline ended is marked STOPPED, so that it can be restarted, though
 * each of its steps came to its end.
 */
final class JobEnd implements JobExecutionListener {
    private final RunCancellation brake;

    JobEnd(RunCancellation brake) {
        this.brake = brake;
    }

    @Override
    public void afterJob(JobExecution execution) {
        Optional<RunCancellation.Reason> pulled = brake.reason();
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            pulled.ifPresent(reason -> execution.setStatus(reason.kind().status()));
        }
        // In place of the stack trace of an exception, which is all that Spring Batch has to say.
        pulled.map(RunCancellation.Reason::message)
                .or(() ->
                        execution.getAllFailureExceptions().stream().findFirst().map(ErrorMessages::oneLine))
                .ifPresent(why -> execution.setExitStatus(
                        new ExitStatus(execution.getStatus().name(), why)));
    }
}
