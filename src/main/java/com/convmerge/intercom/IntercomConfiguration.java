package com.convmerge.intercom;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the way to Intercom. */
@Configuration(proxyBeanMethods = false)
@Import({RateLimitWindow.class, Intercom.class})
public class IntercomConfiguration {}
