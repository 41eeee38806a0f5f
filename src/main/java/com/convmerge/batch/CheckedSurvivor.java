package com.convmerge.batch;

import com.convmerge.requests.Survivor;
import org.jspecify.annotations.Nullable;

/**
 * A survivor that is there.
 *
 * @param rejection why nothing may be merged into it all the same; null if it may
 */
record CheckedSurvivor(Survivor survivor, @Nullable String rejection) {}
