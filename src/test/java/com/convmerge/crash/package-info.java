/** Kills the real program, starts it again, and looks at what is left. */
@NullMarked
package com.convmerge.crash;

import org.jspecify.annotations.NullMarked;
