package com.convmerge.batch;

import com.convmerge.apply.ParentSettings;
import com.convmerge.apply.SurvivorOpener;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.merge.ConversationId;
import com.convmerge.requests.Parents;
import com.convmerge.requests.Survivor;
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
            ItemReader<Survivor> uncheckedSurvivors,
            ItemProcessor<Survivor, CheckedSurvivor> checkSurvivor,
            ItemWriter<CheckedSurvivor> checkedSurvivors,
            SkipListener<Survivor, CheckedSurvivor> missingSurvivors) {
        return parts.<Survivor, CheckedSurvivor>chunks("checkParents")
                .reader(uncheckedSurvivors)
                .processor(checkSurvivor)
                .writer(checkedSurvivors)
                .skipListener(missingSurvivors)
                .build();
    }

    @Bean
    @StepScope
    ItemProcessor<Survivor, CheckedSurvivor> checkSurvivor(
            @Value("#{stepExecution}") StepExecution step,
            StepParts parts,
            IntercomClient conversations,
            SurvivorOpener opener,
            ParentSettings settings) {
        return new CheckSurvivorProcessor(parts, conversations, opener, settings.closedParent(), parts.contextOf(step));
    }

    @Bean
    @StepScope
    ItemWriter<CheckedSurvivor> checkedSurvivors(
            @Value("#{stepExecution}") StepExecution step, Parents parents, Clock clock) {
        return checked -> {
            List<ConversationId> found = new ArrayList<>();
            for (CheckedSurvivor parent : checked) {
                if (parent.rejection() == null) {
                    found.add(parent.survivor().conversation());
                } else {
                    parents.reject(parent.survivor(), parent.rejection(), step.getJobExecutionId(), clock.instant());
                }
            }
            parents.found(found, clock.instant());
        };
    }

    @Bean
    @StepScope
    ItemReader<Survivor> uncheckedSurvivors(
            @Value("#{stepExecution}") StepExecution step, StepParts parts, Parents parents) {
        RunParameters run = RunParameters.of(step.getJobParameters());
        return parts.pages(
                parts.brake()::endsMerges,
                last -> last == null ? parents.unchecked(run.startedAt(), run.upToId()) : List.of());
    }

    @Bean
    @StepScope
    SkipListener<Survivor, CheckedSurvivor> missingSurvivors(
            @Value("#{stepExecution}") StepExecution step, Retries retries) {
        return new RetrySkipListener(retries, step.getJobExecutionId()).ofSurvivors();
    }
}
