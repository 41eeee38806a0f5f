/** What an operator can set: the tree of {@code convmerge.*} settings, checked when it is read. */
@NullMarked
package com.convmerge.settings;

import org.jspecify.annotations.NullMarked;
