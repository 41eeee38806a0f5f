/** How the database is reached: its URL, the driver's properties, and how long connections and statements may take. */
@NullMarked
package com.convmerge.database;

import org.jspecify.annotations.NullMarked;
