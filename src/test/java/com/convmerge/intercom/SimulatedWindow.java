package com.convmerge.intercom;

/** What happened in one rate limit window of the simulated server. */
final class SimulatedWindow {
    long limit;
    long used;
    long byOthers;
    long refused;

    /** One call of ours; false if the limit is reached, so that the server refuses it. */
    boolean call() {
        boolean allowed = remaining() > 0;
        if (allowed) {
            used++;
        } else {
            refused++;
        }
        return allowed;
    }

    /** Calls of other apps, as far as the limit allows them. */
    void callByOthers(int calls) {
        byOthers += Math.min(calls, limit - used - byOthers);
    }

    @Override
    public String toString() {
        return "%d used, %d by others, %d refused, of %d".formatted(used, byOthers, refused, limit);
    }

    long remaining() {
        return Math.max(0, limit - used - byOthers);
    }

    /** The share that we used of what other apps left. */
    double share() {
        return (double) used / (limit - byOthers);
    }
}
