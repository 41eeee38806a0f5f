package com.convmerge.batch;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one step of which nobody knows yet whether they are an item's own or everybody's: a conversation that is not there, a
 * redirect, a token that is refused for one call. They are held back until the next success shows that the others work, and are
 * their items' own then. If nothing works any more, nobody is blamed.
 *
 * <p>Safe for use by many threads.
 */
final class Suspects {
    private final List<Held> held = new ArrayList<>();
    /** The conversations of those that refused the token, and of the others. */
    private final Set<ConversationId> refused = new HashSet<>();

    private final Set<ConversationId> missing = new HashSet<>();
    /** Those whose failures are their own. */
    private final Set<ConversationId> own = new HashSet<>();
    /** Counts what happens, so that it is known what was before what. */
    private long moment;

    private boolean hasSucceeded;
    private @Nullable ConversationId lastGood;

    /** So many refusals of the token in a row, without a success, are no conversation's fault. */
    static final int REFUSALS = 20;

    /** So many conversations that are not there, in a step in which none is, are not what somebody has deleted. */
    static final int NOTHING_THERE = 10;

    private record Held(RequestFailedException failed, long moment) {}

    /** Whether a failure may be everybody's. */
    static boolean includes(Failure failure) {
        return failure.httpStatus() != null
                && (isRefusal(failure) || failure.kind() == FailureKind.NOT_FOUND || isRedirect(failure));
    }

    /** Whether the token, the plan or the admin is refused. */
    static boolean isRefusal(Failure failure) {
        return failure.kind() == FailureKind.STOPS_THE_RUN && failure.httpStatus() != null;
    }

    private static boolean isRedirect(Failure failure) {
        Integer status = failure.httpStatus();
        return status != null && status >= 300 && status < 400;
    }

    /** What is known of a conversation that has failed. */
    enum Known {
        NOTHING,
        /** A failure of it is held back. */
        HELD,
        /** A success after its failure has shown that it is the conversation's own. */
        ITS_OWN
    }

    /** What is known of the conversation before its next failure is held back. */
    synchronized Known known(ConversationId conversation) {
        if (refused.contains(conversation) || missing.contains(conversation)) {
            return Known.HELD;
        }
        return own.contains(conversation) ? Known.ITS_OWN : Known.NOTHING;
    }

    /** What is to be done after a failure was held back. */
    enum Next {
        GO_ON,
        /** It is to be found out, by a conversation that was there before, whether there are any. */
        LOOK_FOR_ANOTHER,
        /** The run is to end. */
        END_THE_RUN
    }

    /** An item begins; what was held back before is older than its success. */
    synchronized long begin() {
        return ++moment;
    }

    /** Holds a failure back. What fails for one conversation counts once, however many requests it concerns. */
    synchronized Next hold(RequestFailedException failed) {
        held.add(new Held(failed, ++moment));
        Set<ConversationId> alike = isRefusal(failed.failure) ? refused : missing;
        if (!alike.add(failed.item.conversation())) {
            return Next.GO_ON;
        }
        if (isRefusal(failed.failure)) {
            return refused.size() >= REFUSALS ? Next.END_THE_RUN : Next.GO_ON;
        }
        return missing.size() % CircuitBreaker.IN_A_ROW == 0 ? Next.LOOK_FOR_ANOTHER : Next.GO_ON;
    }

    /**
     * An item was done. What was held back before that item began is the items' own, and is returned to be filed: an item that
     * was under way already may owe its success to calls that it had made before.
     *
     * @param began what {@link #begin} returned for it
     */
    synchronized List<RequestFailedException> succeeded(ConversationId conversation, long began) {
        hasSucceeded = true;
        lastGood = conversation;
        return take(one -> one.moment() < began);
    }

    /** What was held back is the items' own, as another conversation is there. */
    synchronized List<RequestFailedException> release() {
        return take(one -> true);
    }

    /** Takes what is its conversation's own, and counts again what is still held back. */
    private List<RequestFailedException> take(Predicate<Held> isOwn) {
        List<RequestFailedException> taken =
                held.stream().filter(isOwn).map(Held::failed).toList();
        held.removeIf(isOwn);
        taken.forEach(failed -> own.add(failed.item.conversation()));
        refused.clear();
        missing.clear();
        held.forEach(one -> (isRefusal(one.failed().failure) ? refused : missing)
                .add(one.failed().item.conversation()));
        return taken;
    }

    /** A conversation that was there lately in this step; empty if none was. */
    synchronized Optional<ConversationId> lastGood() {
        return Optional.ofNullable(lastGood);
    }

    /** Whether the token is refused for something that is held back. */
    synchronized boolean areRefused() {
        return !refused.isEmpty();
    }

    /** At the end of the step: why the run is to end, if nothing worked in it; empty if what is held back is the items' own. */
    synchronized Optional<String> whyNothingWorked() {
        if (hasSucceeded || held.isEmpty()) {
            return Optional.empty();
        }
        Failure last = held.get(held.size() - 1).failed().failure;
        boolean isEverybodys = !refused.isEmpty() || missing.size() >= NOTHING_THERE;
        return isEverybodys ? Optional.of(allFailed(last)) : Optional.empty();
    }

    /** The last of what is held back that says of a conversation that it is not there; empty if there is none. */
    synchronized Optional<Failure> lastMissing() {
        return held.stream()
                .map(one -> one.failed().failure)
                .filter(failure -> !isRefusal(failure))
                .reduce((one, next) -> next);
    }

    /** The message of a run that ends for what is held back. */
    synchronized String allFailed(Failure last) {
        String cause = isRefusal(last)
                ? "Intercom does not let the run go on: "
                : held.size() + " requests in a row failed and none succeeded, the last with ";
        return cause + last.describe() + ". That is no conversation's fault, and no request was blamed for it";
    }
}
