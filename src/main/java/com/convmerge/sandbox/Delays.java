package com.convmerge.sandbox;

import java.time.Duration;

/** How long the sandbox takes to answer: most calls {@code usual}, a share of them {@code tail}. */
record Delays(Duration usual, double tailShare, Duration tail) {

    static final Delays NONE = new Delays(Duration.ZERO, 0, Duration.ZERO);

    /** The delay of a call, which follows from its operation and attempt alone. */
    Duration of(Arrival arrival) {
        if (tailShare <= 0) {
            return usual;
        }
        double dice = new Dice(0x7A11L, arrival.operation(), arrival.attempt()).fraction();
        return dice < tailShare ? tail : usual;
    }
}
