/** Brings merge requests from spreadsheets into the input table. */
@NullMarked
package com.convmerge.importing;

import org.jspecify.annotations.NullMarked;
