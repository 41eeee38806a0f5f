package com.convmerge.run;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides what can be known about runs without starting one. */
@Configuration(proxyBeanMethods = false)
@Import({RunHistory.class, RunJournal.class, RunLease.class})
public class RunConfiguration {
    @Bean
    LeaseOwner leaseOwner() {
        return LeaseOwner.me();
    }
}
