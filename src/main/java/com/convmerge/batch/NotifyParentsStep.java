package com.convmerge.batch;

import com.convmerge.apply.SurvivorNoteApplier;
import com.convmerge.ledger.Ledger;
import com.convmerge.requests.SurvivorNotes;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** notifyParents: one note per survivor that lists what was merged into it. */
@Configuration(proxyBeanMethods = false)
class NotifyParentsStep {
    @Bean
    Step notifyParents(
            StepParts parts,
            ItemReader<SurvivorNote> survivorsToTell,
            ItemProcessor<SurvivorNote, SurvivorNote> tellSurvivor) {
        return parts.<SurvivorNote, SurvivorNote>chunks("notifyParents")
                .reader(survivorsToTell)
                .processor(tellSurvivor)
                // All is written down note by note, in the ledger.
                .writer(told -> {})
                .build();
    }

    @Bean
    @StepScope
    ItemReader<SurvivorNote> survivorsToTell(StepParts parts, Ledger ledger, SurvivorNotes parentNotes) {
        return parts.pages(parts.brake()::endsAll, last -> last == null ? toTell(ledger, parentNotes) : List.of());
    }

    /** First the notes that an earlier run began, then the survivors that no note tells of yet. */
    private static List<SurvivorNote> toTell(Ledger ledger, SurvivorNotes parentNotes) {
        Stream<SurvivorNote> begun = ledger.unsettledParentNotes().stream()
                .map(entry -> new SurvivorNote(entry.conversation(), List.of(), entry.key()));
        Stream<SurvivorNote> untold = parentNotes.untold().stream()
                .map(survivor -> new SurvivorNote(survivor.conversation(), survivor.requestIds(), null));
        return Stream.concat(begun, untold).toList();
    }

    @Bean
    @StepScope
    ItemProcessor<SurvivorNote, SurvivorNote> tellSurvivor(
            @Value("#{stepExecution}") StepExecution step,
            StepParts parts,
            SurvivorNotes parentNotes,
            SurvivorNoteApplier applier) {
        return new NotifySurvivorProcessor(parts, parentNotes, applier, parts.contextOf(step));
    }
}
