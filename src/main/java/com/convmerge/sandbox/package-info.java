/**
 * A simulator of the part of Intercom's REST API that we use, for first runs and for tests. It answers over real HTTP
 * on this machine and can inject faults.
 */
@NullMarked
package com.convmerge.sandbox;

import org.jspecify.annotations.NullMarked;
