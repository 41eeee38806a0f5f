/** Measures what a night costs, beside the same calls without it: {@code mvn -q -Pbenchmark verify}. */
@NullMarked
package com.convmerge.benchmark;

import org.jspecify.annotations.NullMarked;
