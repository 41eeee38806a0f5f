/** What was done at Intercom: one row for each operation, committed before its call leaves, so that none is done twice. */
@NullMarked
package com.convmerge.ledger;

import org.jspecify.annotations.NullMarked;
