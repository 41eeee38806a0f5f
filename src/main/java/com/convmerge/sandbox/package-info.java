/**
 * Plays Intercom over real HTTP on this machine: a simulator of the calls we use, with faults on demand, for first
 * runs and for every test.
 */
@NullMarked
package com.convmerge.sandbox;

import org.jspecify.annotations.NullMarked;
