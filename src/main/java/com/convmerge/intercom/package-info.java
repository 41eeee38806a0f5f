/** Intercom's REST API, as far as it is used: calls, what their failures mean, and the rate limit. */
@NullMarked
package com.convmerge.intercom;

import org.jspecify.annotations.NullMarked;
