package com.convmerge.requests;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the readers and writers of the input table together. */
@Configuration(proxyBeanMethods = false)
public class RequestsConfiguration {
    @Bean
    Requests requests(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        return new Requests(jdbc, batches, clock);
    }

    @Bean
    Scan scan(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new Scan(jdbc, transactions);
    }

    @Bean
    SurvivorPlanner pairs(Scan scan, JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new SurvivorPlanner(scan, new PlanWriter(jdbc, transactions, clock));
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
    Parents parents(JdbcTemplate jdbc, Scan scan) {
        return new Parents(jdbc, scan);
    }

    @Bean
    SurvivorNotes parentNotes(JdbcClient jdbc, JdbcTemplate batches, Scan scan) {
        return new SurvivorNotes(jdbc, batches, scan);
    }
}
