/** What to read in the morning. */
@NullMarked
package com.convmerge.report;

import org.jspecify.annotations.NullMarked;
