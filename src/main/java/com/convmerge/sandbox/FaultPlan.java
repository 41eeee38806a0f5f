package com.convmerge.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides for each call whether and how it goes wrong. The sandbox asks it once for each call that has passed the token
 * check and the rate limit, from many threads at a time.
 */
@FunctionalInterface
public interface FaultPlan {
    /** Returns the fault for this call, or empty if the call succeeds. */
    Optional<Fault> faultFor(Arrival arrival);

    /** Nothing goes wrong. */
    static FaultPlan none() {
        return arrival -> Optional.empty();
    }

    /**
     * A share of all calls goes wrong. Which calls these are depends only on the seed, the operation and its attempt,
     * and not on the order of arrival, so that a run with many threads meets the same faults each time.
     *
     * @param share from 0 (none) to 1 (all)
     * @throws IllegalArgumentException if the share is outside 0..1 or there is no fault to choose from
     */
    static FaultPlan random(long seed, double share, Set<Fault> faults) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share of faults must be from 0 to 1, but is " + share);
        }
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("faults must name at least one fault");
        }
        List<Fault> choice = faults.stream().sorted().toList();
        return arrival -> {
            Dice dice = new Dice(seed, arrival.operation(), arrival.attempt());
            return dice.fraction() < share ? Optional.of(choice.get(dice.below(choice.size()))) : Optional.empty();
        };
    }

    /** The first matching calls get these faults, one each and in this order; later ones succeed. */
    static FaultPlan on(Predicate<Arrival> matching, Fault... faults) {
        return new InOrder<>(matching, faults)::nextFor;
    }

    /** Every matching call gets this fault. */
    static FaultPlan always(Predicate<Arrival> matching, Fault fault) {
        return arrival -> matching.test(arrival) ? Optional.of(fault) : Optional.empty();
    }

    /** Combines two plans: the other one is asked only if this one has no fault for the call. */
    default FaultPlan and(FaultPlan other) {
        return arrival -> faultFor(arrival).or(() -> other.faultFor(arrival));
    }
}
