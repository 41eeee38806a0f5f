package com.convmerge.batch;

import com.convmerge.requests.SurvivorPlanner;
import com.convmerge.retries.Retries;
import java.time.Clock;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Takes what is due from the retry table, and decides for all open requests at once what becomes of them. */
final class ResolveSurvivorsTasklet implements Tasklet {
    private final Retries retries;
    private final SurvivorPlanner pairs;
    private final Clock clock;

    ResolveSurvivorsTasklet(Retries retries, SurvivorPlanner pairs, Clock clock) {
        this.retries = retries;
        this.pairs = pairs;
        this.clock = clock;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        StepExecution step = contribution.getStepExecution();
        RunParameters run = RunParameters.of(step.getJobParameters());
        retries.takeDue(clock.instant());
        pairs.resolveSurvivors(run.upToId(), step.getJobExecutionId());
        return RepeatStatus.FINISHED;
    }
}
