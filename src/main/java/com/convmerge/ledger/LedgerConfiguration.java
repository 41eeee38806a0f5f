package com.convmerge.ledger;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the ledger on its table. */
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {
    @Bean
    Ledger ledger(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new JdbcLedger(jdbc, transactions, clock);
    }

    @Bean
    LedgerHistory ledgerHistory(JdbcClient jdbc) {
        return new LedgerHistory(jdbc);
    }
}
