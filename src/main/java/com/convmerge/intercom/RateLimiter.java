package com.convmerge.intercom;

import com.convmerge.merge.Failure;
import com.convmerge.merge.ShownTime;
import com.convmerge.merge.Sleeper;
import com.convmerge.merge.SteadyClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the callers of one run wait until the {@link RateLimitWindow} has a call for them, in the order in which they came. Only
 * the first of them sleeps; the others wait for its place. A wait that Intercom asks for is announced, and given up if it is too long.
 */
final class RateLimiter {
    private static final Logger log = LoggerFactory.getLogger(RateLimiter.class);

    /** The longest sleep at a stretch, so that a caller soon notices when its permit is revoked. */
    private static final Duration NAP = Duration.ofMillis(250);

    /** A pause that ends no later than this after the one that was announced needs no new announcement. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private final RateLimitWindow window;
    private final CallPermit permit;
    private final Clock wall;
    private final SteadyClock clock;
    private final Sleeper sleeper;
    private final Duration longestWait;
    private final ReentrantLock queue = new ReentrantLock(true);
    /** Until when the last announced pause lasts. Guarded by {@link #queue}. */
    private Instant announced = Instant.EPOCH;

    /** @param longestWait the longest pause that Intercom may ask for */
    RateLimiter(
            RateLimitWindow window,
            CallPermit permit,
            Clock wall,
            SteadyClock clock,
            Sleeper sleeper,
            Duration longestWait) {
        this.window = window;
        this.permit = permit;
        this.wall = wall;
        this.clock = clock;
        this.sleeper = sleeper;
        this.longestWait = longestWait;
    }

    /** Waits until a call may be made, and takes it from the window. Returns why there will be none, or empty if it may be made. */
    Optional<Failure> acquire() throws InterruptedException {
        queue.lockInterruptibly();
        try {
            while (!permit.isRevoked()) {
                Instant now = clock.instant();
                Duration wait = permit.isGranted() ? window.take(now) : NAP;
                if (wait.isZero()) {
                    return Optional.empty();
                }
                Optional<Failure> givenUp =
                        window.pause(now).filter(Pause::isLong).flatMap(pause -> giveUp(pause, now));
                if (givenUp.isPresent()) {
                    return givenUp;
                }
                sleeper.sleep(wait.compareTo(NAP) < 0 ? wait : NAP);
            }
            return Optional.of(Intercom.halted());
        } finally {
            queue.unlock();
        }
    }

    /** Whether a call that was acquired may still leave. */
    boolean mayLeave() {
        return !permit.isRevoked() && permit.isGranted();
    }

    /** Why a long pause is not waited for; empty if it is. */
    private Optional<Failure> giveUp(Pause pause, Instant now) {
        Instant until = wall.instant().plus(Duration.between(now, pause.until()));
        if (pause.length().compareTo(longestWait) > 0) {
            return Optional.of(Intercom.askedToWait(String.format(
                    Locale.ROOT,
                    "Intercom asks to wait until %s (%s), %,d s in all, which is longer than"
                            + " convmerge.intercom.longest-wait (%,d s). No request was blamed for it",
                    ShownTime.utc(until),
                    pause.asks(),
                    pause.length().toSeconds(),
                    longestWait.toSeconds())));
        }
        if (!permit.mayWaitUntil(until)) {
            return Optional.of(Intercom.halted());
        }
        if (pause.until().isAfter(announced.plus(SAME))) {
            announced = pause.until();
            log.warn("Intercom asks to wait until {} ({}); no call leaves before", ShownTime.utc(until), pause.asks());
        }
        return Optional.empty();
    }
}
