/** The requests: what is asked for, what is planned for each, and every change of its status. */
@NullMarked
package com.convmerge.requests;

import org.jspecify.annotations.NullMarked;
