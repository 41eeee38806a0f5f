package com.convmerge.intake;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the readers and writers of the input table together. */
@Configuration(proxyBeanMethods = false)
public class IntakeConfiguration {
    @Bean
    Requests requests(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        return new Requests(jdbc, batches, clock);
    }

    @Bean
    Pairs pairs(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new Pairs(jdbc, transactions, new VerdictWriter(jdbc, transactions, clock));
    }

    @Bean
    NewRequests newRequests(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new NewRequests(jdbc, transactions);
    }

    @Bean
    Candidates candidates(JdbcClient jdbc) {
        return new Candidates(jdbc);
    }

    @Bean
    CsvImport csvImport(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new CsvImport(jdbc, transactions);
    }

    @Bean
    Parents parents(JdbcClient jdbc, JdbcTemplate batches) {
        return new Parents(jdbc, batches);
    }

    @Bean
    ParentNotes parentNotes(JdbcClient jdbc) {
        return new ParentNotes(jdbc);
    }
}
