package com.convmerge.job;

import com.convmerge.intake.Parents;
import com.convmerge.intercom.Conversations;
import com.convmerge.merge.ConversationId;
import com.convmerge.retries.Retries;
import java.time.Clock;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** checkParents: each distinct survivor is read once; the requests of one that is missing go to the retry table. */
@Configuration(proxyBeanMethods = false)
class CheckParentsStep {
    @Bean
    Step checkParents(
            StepParts parts,
            ItemReader<ConversationId> uncheckedSurvivors,
            SkipListener<ConversationId, ConversationId> missingSurvivors,
            Conversations conversations,
            Parents parents,
            Clock clock) {
        return parts.<ConversationId, ConversationId>chunks("checkParents")
                .reader(uncheckedSurvivors)
                .processor(new CheckParentProcessor(parts, conversations))
                .writer(found -> parents.found(found.getItems(), clock.instant()))
                .skipListener(missingSurvivors)
                .build();
    }

    @Bean
    @StepScope
    ItemReader<ConversationId> uncheckedSurvivors(
            @Value("#{stepExecution}") StepExecution step, StepParts parts, Parents parents) {
        RunParameters run = RunParameters.of(step.getJobParameters());
        return new PageReader<>(
                parts.brake()::endsMerges,
                last -> parents.unchecked(
                        last == null ? "" : last.value(),
                        run.startedAt(),
                        run.upToId(),
                        parts.settings().chunk()));
    }

    @Bean
    @StepScope
    SkipListener<ConversationId, ConversationId> missingSurvivors(
            @Value("#{stepExecution}") StepExecution step, Retries retries, Parents parents) {
        return new RetryFiler(
                        retries,
                        parents,
                        RunParameters.of(step.getJobParameters()).upToId(),
                        step.getJobExecutionId())
                .ofSurvivors();
    }
}
