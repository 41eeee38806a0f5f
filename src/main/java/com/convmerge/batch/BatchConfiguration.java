package com.convmerge.batch;

import com.convmerge.apply.MergeSettings;
import com.convmerge.apply.NotePreview;
import com.convmerge.apply.ParentSettings;
import com.convmerge.apply.Preflight;
import com.convmerge.intercom.ConversationLinks;
import com.convmerge.intercom.Intercom;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.RateLimitWindow;
import com.convmerge.report.ReportFiles;
import com.convmerge.requests.Candidates;
import com.convmerge.requests.Requests;
import com.convmerge.requests.SurvivorPlanner;
import com.convmerge.retries.Retries;
import java.time.Clock;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** The job, step after step. */
@Configuration(proxyBeanMethods = false)
@Import({CheckParentsStep.class, ApplyMergesStep.class, NotifyParentsStep.class})
public class BatchConfiguration {
    @Bean
    Job mergeConversations(
            JobRepository repository,
            RunCancellation brake,
            Step preflightStep,
            Step resolveSurvivors,
            Step checkParents,
            Step applyMerges,
            Step notifyParents,
            Step writeReport) {
        return new JobBuilder(RunHistory.JOB_NAME, repository)
                .listener(new JobEnd(brake))
                .start(preflightStep)
                .next(resolveSurvivors)
                .next(checkParents)
                .next(applyMerges)
                .next(notifyParents)
                .next(writeReport)
                .build();
    }

    @Bean
    Step preflightStep(StepParts parts, Preflight preflight, WorkspaceBinding binding) {
        return parts.tasklet("preflight", new PreflightTasklet(preflight, binding));
    }

    @Bean
    WorkspaceBinding workspaceBinding(JdbcClient jdbc) {
        return new WorkspaceBinding(jdbc);
    }

    @Bean
    Step resolveSurvivors(StepParts parts, Retries retries, SurvivorPlanner pairs, Clock clock) {
        return parts.tasklet("resolveSurvivors", new ResolveSurvivorsTasklet(retries, pairs, clock));
    }

    @Bean
    Step writeReport(StepParts parts, ReportFiles reports) {
        return parts.tasklet("writeReport", (contribution, chunk) -> {
            reports.write(contribution.getStepExecution().getJobExecutionId());
            return RepeatStatus.FINISHED;
        });
    }

    @Bean
    StepParts stepParts(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ThreadPoolTaskExecutor mergePool,
            MergeSettings settings,
            ConversationLinks links,
            Intercom intercom,
            RunCancellation brake,
            RunProgress progress) {
        return new StepParts(
                repository,
                transactions,
                mergePool,
                settings,
                links,
                intercom,
                brake,
                new CircuitBreaker(),
                new InFlightRequests(),
                progress);
    }

    /** The threads on which requests are applied: as many as there may be merges in flight. */
    @Bean
    ThreadPoolTaskExecutor mergePool(MergeSettings settings) {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
        pool.setThreadNamePrefix("merge-");
        pool.setCorePoolSize(settings.concurrency());
        pool.setMaxPoolSize(settings.concurrency());
        return pool;
    }

    @Bean
    RunCancellation runBrake() {
        return new RunCancellation();
    }

    @Bean
    RunProgress runProgress() {
        return new RunProgress();
    }

    @Bean
    RunLauncher mergeRuns(
            JobOperator operator,
            RunHistory history,
            Job mergeConversations,
            Requests requests,
            StepParts parts,
            RunLease lock,
            RateLimitWindow budget,
            Clock clock) {
        return new RunLauncher(operator, history, mergeConversations, requests, parts, lock, budget, clock);
    }

    @Bean
    DryRun dryRun(
            Preflight preflight,
            WorkspaceBinding binding,
            SurvivorPlanner pairs,
            Candidates candidates,
            Requests requests,
            IntercomClient conversations,
            NotePreview notes,
            MergeSettings settings,
            ParentSettings parentSettings,
            RateLimitWindow budget,
            ThreadPoolTaskExecutor mergePool,
            Clock clock) {
        return new DryRun(
                preflight,
                binding,
                pairs,
                candidates,
                requests,
                conversations,
                notes,
                settings,
                parentSettings,
                budget,
                mergePool,
                clock);
    }
}
