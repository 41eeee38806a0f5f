package com.convmerge.intercom;

import com.convmerge.merge.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the callers of one run wait until the {@link RateLimitWindow} has a call for them, in the order in which they came. Only
 * the first of them sleeps; the others wait for its place.
 */
final class RateLimiter {
    /** The longest sleep at a stretch, so that a caller soon notices when its permit is revoked. */
    private static final Duration NAP = Duration.ofMillis(250);

    private final RateLimitWindow window;
    private final CallPermit permit;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ReentrantLock queue = new ReentrantLock(true);

    RateLimiter(RateLimitWindow window, CallPermit permit, Clock clock, Sleeper sleeper) {
        this.window = window;
        this.permit = permit;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Waits until a call may be made, and takes it from the window; false if there will be none. */
    boolean acquire() throws InterruptedException {
        queue.lockInterruptibly();
        try {
            while (!permit.isRevoked()) {
                Duration wait = permit.isGranted() ? window.take(clock.instant()) : NAP;
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

    /** Whether a call that was acquired may still leave. */
    boolean mayLeave() {
        return !permit.isRevoked() && permit.isGranted();
    }
}
