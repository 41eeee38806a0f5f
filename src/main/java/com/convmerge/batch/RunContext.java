package com.convmerge.batch;

import com.convmerge.apply.Workspace;
import com.convmerge.intercom.ConversationLinks;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/** What the steps after the preflight need to know of the run. */
record RunContext(long executionId, RunParameters run, Workspace workspace) {
    static RunContext of(StepExecution step, ConversationLinks links) {
        JobExecution job = step.getJobExecution();
        return new RunContext(
                job.getId(),
                RunParameters.of(job.getJobParameters()),
                PreflightTasklet.workspace(job.getExecutionContext(), links));
    }
}
