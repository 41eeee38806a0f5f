package com.convmerge.retries;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the retry table. */
@Configuration(proxyBeanMethods = false)
@Import({Retries.class})
public class RetriesConfiguration {}
