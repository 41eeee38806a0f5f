/** Tests of the files in {@code sql/}. */
@NullMarked
package com.convmerge.migrations;

import org.jspecify.annotations.NullMarked;
