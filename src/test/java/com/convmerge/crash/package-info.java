/** Tests that kill the real program, start it again, and check the result. */
@NullMarked
package com.convmerge.crash;

import org.jspecify.annotations.NullMarked;
