package com.convmerge.sandbox;

import java.time.Instant;

/**
 * How one rate window was used.
 *
 * @param start when it began
 * @param limit how many calls it allowed
 * @param used how many calls were accepted
 * @param byOthers how many calls of other apps counted against the same limit
 * @param refused how many calls were answered 429 because the window was used up
 */
public record WindowUse(Instant start, int limit, int used, int byOthers, int refused) {
    boolean isEmpty() {
        return used + byOthers + refused == 0;
    }

    WindowUse plus(int moreUsed, int moreByOthers, int moreRefused) {
        return new WindowUse(start, limit, used + moreUsed, byOthers + moreByOthers, refused + moreRefused);
    }
}
