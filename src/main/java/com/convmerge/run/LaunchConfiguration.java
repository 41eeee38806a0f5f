package com.convmerge.run;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the launcher. */
@Configuration(proxyBeanMethods = false)
@Import({StartedJob.Jobs.class, RunLauncher.class})
public class LaunchConfiguration {}
