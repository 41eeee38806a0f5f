package com.convmerge.importing;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the imports. */
@Configuration(proxyBeanMethods = false)
@Import({FileImport.class, InboxOfWorkspace.class, ImportHistory.class, SampleImport.class})
public class ImportingConfiguration {}
