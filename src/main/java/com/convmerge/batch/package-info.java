/** The night's run as a Spring Batch job: its steps, and how it is started, restarted, recovered and stopped. */
@NullMarked
package com.convmerge.batch;

import org.jspecify.annotations.NullMarked;
