package com.convmerge.sandbox;

import java.time.Instant;

/**
 * How one rate window was used.
 *
 * @param start when it began
 * @param limit how many calls it allowed
 * @param used calls that were let through
 * @param byOthers calls of other apps that count against the same limit
 * @param refused calls that were answered 429 because the window was spent
 */
public record WindowUse(Instant start, int limit, int used, int byOthers, int refused) {}
