package com.convmerge.sandbox;

import java.time.Duration;

/**
 * How long a note that was just written stays out of what {@code GET} shows: for a number of reads of its
 * conversation and for
 * a time, whichever ends later.
 */
record NoteVisibility(int reads, Duration time) {

    static final NoteVisibility AT_ONCE = new NoteVisibility(0, Duration.ZERO);
}
