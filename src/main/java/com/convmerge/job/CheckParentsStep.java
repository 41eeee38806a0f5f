package com.convmerge.job;

import com.convmerge.apply.ParentOpener;
import com.convmerge.apply.ParentSettings;
import com.convmerge.intake.Parents;
import com.convmerge.intercom.Conversations;
import com.convmerge.merge.ConversationId;
import com.convmerge.retries.Retries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
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
            ItemProcessor<ConversationId, CheckedParent> checkSurvivor,
            ItemWriter<CheckedParent> checkedSurvivors,
            SkipListener<ConversationId, CheckedParent> missingSurvivors) {
        return parts.<ConversationId, CheckedParent>chunks("checkParents")
                .reader(uncheckedSurvivors)
                .processor(checkSurvivor)
                .writer(checkedSurvivors)
                .skipListener(missingSurvivors)
                .build();
    }

    @Bean
    @StepScope
    ItemProcessor<ConversationId, CheckedParent> checkSurvivor(
            @Value("#{stepExecution}") StepExecution step,
            StepParts parts,
            Conversations conversations,
            ParentOpener opener,
            ParentSettings settings) {
        return new CheckParentProcessor(parts, conversations, opener, settings.closedParent(), parts.contextOf(step));
    }

    @Bean
    @StepScope
    ItemWriter<CheckedParent> checkedSurvivors(
            @Value("#{stepExecution}") StepExecution step, Parents parents, Clock clock) {
        long upToId = RunParameters.of(step.getJobParameters()).upToId();
        return checked -> {
            List<ConversationId> found = new ArrayList<>();
            for (CheckedParent parent : checked) {
                if (parent.rejection() == null) {
                    found.add(parent.survivor());
                } else {
                    parents.reject(
                            parent.survivor(), parent.rejection(), upToId, step.getJobExecutionId(), clock.instant());
                }
            }
            parents.found(found, clock.instant());
        };
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
    SkipListener<ConversationId, CheckedParent> missingSurvivors(
            @Value("#{stepExecution}") StepExecution step, Retries retries, Parents parents) {
        return new RetryFiler(
                        retries,
                        parents,
                        RunParameters.of(step.getJobParameters()).upToId(),
                        step.getJobExecutionId())
                .ofSurvivors();
    }
}
