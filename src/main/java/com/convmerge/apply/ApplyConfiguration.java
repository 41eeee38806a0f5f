package com.convmerge.apply;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides the gate. */
@Configuration(proxyBeanMethods = false)
@Import({NoteTexts.class, GateFactory.class})
public class ApplyConfiguration {}
