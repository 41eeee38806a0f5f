package com.convmerge.intercom;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of the snoozed conversations of a workspace.
 *
 * @param until until when each is snoozed, by its id; one without a time is not in the map
 * @param next where the next page begins; null if there is none
 */
public record SnoozedPage(
        Map<String, Instant> until, @Nullable String next) {}
