/** The Spring Batch job of a run: its steps, readers, processors and listeners. */
@NullMarked
package com.convmerge.batch;

import org.jspecify.annotations.NullMarked;
