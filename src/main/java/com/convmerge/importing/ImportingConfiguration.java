package com.convmerge.importing;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the imports. */
@Configuration(proxyBeanMethods = false)
@Import({CsvImport.class, SampleImport.class})
public class ImportingConfiguration {}
