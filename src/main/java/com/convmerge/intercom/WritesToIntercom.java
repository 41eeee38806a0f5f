package com.convmerge.intercom;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that changes something at Intercom. Only the package {@code apply} may call it; ArchitectureTest checks that. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface WritesToIntercom {}
