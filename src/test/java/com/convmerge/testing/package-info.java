/** What the tests of several packages share: databases with our schema, and time that passes only when it is told to. */
@NullMarked
package com.convmerge.testing;

import org.jspecify.annotations.NullMarked;
