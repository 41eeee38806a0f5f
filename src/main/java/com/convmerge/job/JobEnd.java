package com.convmerge.job;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Marks a run that the deadline ended as STOPPED, so that it can be restarted, though each of its steps came to its end. */
final class JobEnd implements JobExecutionListener {
    private final RunBrake brake;

    JobEnd(RunBrake brake) {
        this.brake = brake;
    }

    @Override
    public void afterJob(JobExecution execution) {
        brake.reason()
                .filter(reason -> execution.getStatus() == BatchStatus.COMPLETED)
                .ifPresent(reason -> {
                    execution.setStatus(reason.kind().status());
                    execution.setExitStatus(
                            new ExitStatus(reason.kind().status().name(), reason.message()));
                });
    }
}
