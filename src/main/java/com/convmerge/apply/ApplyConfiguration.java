package com.convmerge.apply;

import com.convmerge.intercom.ConversationLinks;
import com.convmerge.intercom.IntercomClient;
import com.convmerge.intercom.IntercomProperties;
import com.convmerge.ledger.Ledger;
import com.convmerge.merge.Sleeper;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/** Puts the gate together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MergeSettings.class, ParentSettings.class})
public class ApplyConfiguration {
    @Bean
    NoteTexts noteTexts(ResourceLoader resources, MergeSettings settings) {
        return new NoteTexts(resources, settings);
    }

    @Bean
    NotePreview notePreview(NoteTexts texts) {
        return new NotePreview(texts);
    }

    @Bean
    OperationApplier operationApplier(
            Ledger ledger, IntercomClient conversations, MergeSettings settings, Clock clock, Sleeper sleeper) {
        InDoubtResolver lookBack = new InDoubtResolver(conversations, settings.settle(), clock, sleeper);
        return new OperationApplier(ledger, conversations, lookBack, NoteReferences.RANDOM, clock);
    }

    @Bean
    RequestApplier requestApplier(
            Ledger ledger, IntercomClient conversations, OperationApplier operations, NoteTexts texts) {
        return new RequestApplier(ledger, conversations, operations, texts);
    }

    @Bean
    SurvivorNoteApplier parentNoteApplier(
            Ledger ledger, IntercomClient conversations, OperationApplier operations, NoteTexts texts) {
        return new SurvivorNoteApplier(ledger, conversations, operations, texts);
    }

    @Bean
    SurvivorOpener parentOpener(Ledger ledger, IntercomClient conversations, OperationApplier operations) {
        return new SurvivorOpener(ledger, conversations, operations);
    }

    @Bean
    Preflight preflight(
            IntercomClient conversations,
            ConversationLinks links,
            IntercomProperties intercom,
            MergeSettings settings) {
        return new Preflight(conversations, links, intercom, settings);
    }
}
