package com.convmerge.preview;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the dry run. */
@Configuration(proxyBeanMethods = false)
@Import({DryRun.class, PlannedRequests.class})
public class PreviewConfiguration {}
