/** The input table: what is asked for, and where each request stands. */
@NullMarked
package com.convmerge.intake;

import org.jspecify.annotations.NullMarked;
