package com.convmerge.sandbox;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides for each call how its answer differs from the truth. A {@link FaultPlan} may damage the same answer further.
 * The sandbox asks a plan once for each call that arrives, from many threads at a time.
 */
@FunctionalInterface
public interface AnswerPlan {
    /** Returns what changes the answer to this call, or empty if the answer is true. */
    Optional<AnswerChange> changeFor(Arrival arrival);

    /** All answers are true. */
    static AnswerPlan none() {
        return arrival -> Optional.empty();
    }

    /** Every answer to a matching call is changed like this. */
    static AnswerPlan always(Predicate<Arrival> matching, AnswerChange change) {
        return arrival -> matching.test(arrival) ? Optional.of(change) : Optional.empty();
    }

    /** The answers to the first matching calls are changed, one each and in this order; later ones are true. */
    static AnswerPlan on(Predicate<Arrival> matching, AnswerChange... changes) {
        return new InOrder<>(matching, changes)::nextFor;
    }

    /** Combines two plans: an answer that both plans change is changed by this one first. */
    default AnswerPlan and(AnswerPlan other) {
        return arrival -> {
            Optional<AnswerChange> next = other.changeFor(arrival);
            return changeFor(arrival)
                    .map(first -> next.map(first::and).orElse(first))
                    .or(() -> next);
        };
    }
}
