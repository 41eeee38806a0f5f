/** What an operator wants to have taken back, and what became of it: the table {@code merge_undo}. */
@NullMarked
package com.convmerge.undo;

import org.jspecify.annotations.NullMarked;
