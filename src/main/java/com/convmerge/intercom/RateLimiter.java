package com.convmerge.intercom;

import com.convmerge.merge.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where callers wait for the {@link RateLimitWindow}, in the order in which they came. Only the first of them sleeps; the
 * others wait for its place.
 */
final class RateLimiter {
    /** The longest sleep at a stretch, so that a halt is heard soon. */
    private static final Duration NAP = Duration.ofMillis(250);

    private final RateLimitWindow budget;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ReentrantLock queue = new ReentrantLock(true);
    private volatile boolean halted;
    private volatile BooleanSupplier leave = () -> true;

    RateLimiter(RateLimitWindow budget, Clock clock, Sleeper sleeper) {
        this.budget = budget;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Lets nobody pass any more. */
    void halt() {
        halted = true;
    }

    /** Lets callers pass again. */
    void open() {
        halted = false;
    }

    /** Lets callers pass only while {@code leave} says so; until it does they wait. */
    void onlyWhile(BooleanSupplier leave) {
        this.leave = leave;
    }

    /** Whether a call that has passed may leave still. */
    boolean mayLeave() {
        return !halted && leave.getAsBoolean();
    }

    /** Waits for the next call's turn; false if there will be none. */
    boolean pass() throws InterruptedException {
        queue.lockInterruptibly();
        try {
            while (!halted) {
                Duration wait = leave.getAsBoolean() ? budget.take(clock.instant()) : NAP;
                if (wait.isZero()) {
                    return true;
                }
                sleeper.sleep(wait.compareTo(NAP) < 0 ? wait : NAP);
            }
            return false;
        } finally {
            queue.unlock();
        }
    }
}
