package com.convmerge.batch;

import com.convmerge.requests.Requests;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Gives each execution its own count of requests that it may take, and the progress bar its end. */
final class RunLimits implements StepExecutionListener {
    private final Requests requests;
    private final RunProgress progress;
    private volatile RunLimit current = new RunLimit(null);

    RunLimits(Requests requests, RunProgress progress) {
        this.requests = requests;
        this.progress = progress;
    }

    @Override
    public void beforeStep(StepExecution step) {
        RunParameters run = RunParameters.of(step.getJobParameters());
        current = new RunLimit(run.limit());
        long pending = requests.countPending(run.upToId());
        progress.expect(run.limit() == null ? pending : Math.min(pending, run.limit()));
    }

    RunLimit current() {
        return current;
    }
}
