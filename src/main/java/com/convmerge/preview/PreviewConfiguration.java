package com.convmerge.preview;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the dry runs. */
@Configuration(proxyBeanMethods = false)
@Import({DryRun.class, PlannedRequests.class, UndoPreview.class})
public class PreviewConfiguration {}
