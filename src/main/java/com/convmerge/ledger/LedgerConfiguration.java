package com.convmerge.ledger;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the ledger. */
@Configuration(proxyBeanMethods = false)
@Import({DurableCommits.class, Ledger.class, LedgerSearch.class})
public class LedgerConfiguration {}
