package com.convmerge.sandbox;

import java.time.Duration;

/** How long the sandbox takes to answer: {@code tail} for a share of the calls, {@code usual} for the others. */
record Delays(Duration usual, double tailShare, Duration tail) {
    /** The delay of a call, which depends only on its operation and attempt. */
    Duration of(Arrival arrival) {
        double dice = new Dice(0x7A11L, arrival.operation(), arrival.attempt()).fraction();
        return dice < tailShare ? tail : usual;
    }
}
