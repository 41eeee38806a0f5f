/** What failed, and when it is tried again. */
@NullMarked
package com.convmerge.retries;

import org.jspecify.annotations.NullMarked;
