/** The operator's commands and their exit codes. */
@NullMarked
package com.convmerge.cli;

import org.jspecify.annotations.NullMarked;
