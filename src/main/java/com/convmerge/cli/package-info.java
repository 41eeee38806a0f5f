/** The commands of the program and their exit codes. */
@NullMarked
package com.convmerge.cli;

import org.jspecify.annotations.NullMarked;
