package com.convmerge.report;

import java.time.Instant;

/**
 * A snoozed survivor that the note about its merges has woken.
 *
 * @param until when its snooze was to end
 * @param isAsleep whether it is snoozed again
 */
record WokenSurvivor(String conversation, Instant until, boolean isAsleep) {}
