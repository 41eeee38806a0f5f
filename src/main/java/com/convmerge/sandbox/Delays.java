package com.convmerge.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long the sandbox takes to answer: the usual time, and a longer one for a share of the calls. */
record Delays(Duration usual, List<Tail> tails) {
    /** @param share from 0 (no call) to 1 (all) */
    record Tail(double share, Duration delay) {}

    Delays usually(Duration value) {
        return new Delays(value, tails);
    }

    Delays and(Tail tail) {
        return new Delays(usual, Stream.concat(tails.stream(), Stream.of(tail)).toList());
    }

    /** The delay of a call, which depends only on its operation and attempt. */
    Duration of(Arrival arrival) {
        double dice = new Dice(0x7A11L, arrival.operation(), arrival.attempt()).fraction();
        for (Tail tail : tails) {
            if (dice < tail.share()) {
                return tail.delay();
            }
            dice -= tail.share();
        }
        return usual;
    }
}
