/** Reports for the operator: what a run did, what is known about a request, and messages about errors. */
@NullMarked
package com.convmerge.report;

import org.jspecify.annotations.NullMarked;
