/** What is asked for: requests, conversations, operations, and the rules that need neither a database nor Intercom. */
@NullMarked
package com.convmerge.merge;

import org.jspecify.annotations.NullMarked;
