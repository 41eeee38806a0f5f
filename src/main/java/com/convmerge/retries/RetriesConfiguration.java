package com.convmerge.retries;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the retry table and its policy together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetryPolicy.class)
public class RetriesConfiguration {
    @Bean
    Retries retries(JdbcClient jdbc, PlatformTransactionManager transactions, RetryPolicy policy, Clock clock) {
        return new JdbcRetries(jdbc, transactions, policy, clock);
    }
}
