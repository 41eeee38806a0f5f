/** The input table: what is asked for, and where each request stands. */
@NullMarked
package com.convmerge.requests;

import org.jspecify.annotations.NullMarked;
