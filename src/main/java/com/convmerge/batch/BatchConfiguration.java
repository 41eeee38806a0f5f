package com.convmerge.batch;

import com.convmerge.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Provides the job and its pool. */
@Configuration(proxyBeanMethods = false)
@Import({
    StepFactory.class,
    ApplyMergesStep.class,
    SurvivorSnoozes.class,
    RunFrame.class,
    SurvivorNoteSteps.class,
    NotifySurvivorsStep.class,
    DoubtRounds.class,
    SettleStep.class,
    FirstWrite.class,
    MergeJob.class,
    UndoMergesStep.class,
    TellOfUndoneStep.class,
    UndoJob.class
})
public class BatchConfiguration {
    /** The threads on which requests are applied: as many as there may be merges in flight. */
    @Bean
    ThreadPoolTaskExecutor mergePool(Settings settings) {
        ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
        pool.setThreadNamePrefix("merge-");
        pool.setCorePoolSize(settings.concurrency());
        pool.setMaxPoolSize(settings.concurrency());
        return pool;
    }
}
