package com.convmerge.sandbox;

import java.time.Instant;

/**
 * How one rate window was used.
 *
 * @param start when it began
 * @param limit how many calls it allowed
 * @param used how many calls were accepted
 * @param refused how many calls were answered 429 because the window was used up
 */
public record WindowUse(Instant start, int limit, int used, int refused) {
    boolean isEmpty() {
        return used + refused == 0;
    }

    /** This window after one more call, which is refused if the limit is reached. */
    WindowUse plusCall() {
        return used < limit
                ? new WindowUse(start, limit, used + 1, refused)
                : new WindowUse(start, limit, used, refused + 1);
    }
}
