package com.convmerge.undo;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Provides what selects merges that are to be taken back, and what keeps them. */
@Configuration(proxyBeanMethods = false)
@Import({Undos.class, UndoSelector.class})
public class UndoConfiguration {}
