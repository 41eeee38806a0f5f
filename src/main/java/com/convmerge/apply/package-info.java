/** The gate: the only caller of the methods that change something at Intercom, and only with the ledger's leave. */
@NullMarked
package com.convmerge.apply;

import org.jspecify.annotations.NullMarked;
