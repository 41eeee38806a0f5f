package com.convmerge.batch;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be told of runs without starting one. */
@Configuration(proxyBeanMethods = false)
public class RunConfiguration {
    @Bean
    RunHistory runHistory(JobRepository repository) {
        return new RunHistory(repository);
    }

    @Bean
    RunLease runLock(JdbcClient jdbc) {
        return new RunLease(jdbc, LeaseOwner.me());
    }
}
