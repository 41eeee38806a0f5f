package com.convmerge.sandbox;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Decides for each call how late something is: its effect ({@link SandboxBuilder#lateEffects}) or the data that it
 * reads ({@link SandboxBuilder#staleReads}). All times are those of
 * the sandbox's clock. The sandbox asks a plan from many threads at a time.
 */
@FunctionalInterface
public interface DelayPlan {
    /** Returns the delay for this call, or zero if nothing is late. */
    Duration delayOf(Arrival arrival);

    /** Nothing is late. */
    static DelayPlan none() {
        return arrival -> Duration.ZERO;
    }

    /** Every matching call is late by this time. */
    static DelayPlan always(Predicate<Arrival> matching, Duration delay) {
        return arrival -> matching.test(arrival) ? delay : Duration.ZERO;
    }

    /** The first matching calls are late by these times, one each and in this order; later ones are not late. */
    static DelayPlan on(Predicate<Arrival> matching, Duration... delays) {
        InOrder<Duration> inOrder = new InOrder<>(matching, delays);
        return arrival -> inOrder.nextFor(arrival).orElse(Duration.ZERO);
    }

    /**
     * A share of all calls is late, by up to {@code longest}. Which calls these are and by how much depends only on the
     * seed, the operation and its attempt.
     *
     * @param share from 0 (none) to 1 (all)
     */
    static DelayPlan random(long seed, double share, Duration longest) {
        return arrival -> {
            Dice dice = new Dice(seed, arrival.operation(), arrival.attempt());
            return dice.fraction() < share
                    ? Duration.ofMillis((long) (dice.fraction() * longest.toMillis()) + 1)
                    : Duration.ZERO;
        };
    }

    /** Combines two plans: the other one is asked only if this one has no delay for the call. */
    default DelayPlan and(DelayPlan other) {
        return arrival -> {
            Duration delay = delayOf(arrival);
            return delay.isZero() ? other.delayOf(arrival) : delay;
        };
    }
}
