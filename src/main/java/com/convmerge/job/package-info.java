/** The night's run as a Spring Batch job: its steps, and how it is started, restarted, recovered and stopped. */
@NullMarked
package com.convmerge.job;

import org.jspecify.annotations.NullMarked;
