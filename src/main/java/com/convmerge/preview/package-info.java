/** The dry run: what a run would do, without writing a row or making a call that changes anything. */
@NullMarked
package com.convmerge.preview;

import org.jspecify.annotations.NullMarked;
