package com.convmerge.intercom;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks what changes something at Intercom. Only the package {@code apply} may call it, behind the ledger; a test checks that. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface WritesToIntercom {}
