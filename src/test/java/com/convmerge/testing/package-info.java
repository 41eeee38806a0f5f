/** Classes that the tests of several packages share: databases with the schema, and a clock that only the tests advance. */
@NullMarked
package com.convmerge.testing;

import org.jspecify.annotations.NullMarked;
