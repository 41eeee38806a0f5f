/** Starts, restarts and stops runs, one at a time on a database, and says what ran and what is running. */
@NullMarked
package com.convmerge.run;

import org.jspecify.annotations.NullMarked;
