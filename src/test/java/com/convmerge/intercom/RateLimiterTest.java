package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.convmerge.merge.Failure;
import com.convmerge.merge.Sleeper;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final Instant NOON = Instant.parse("2026-08-21T12:00:00Z");

    private final TestClock clock = new TestClock(NOON);
    private final RateLimitWindow window = new RateLimitWindow();
    private final TestPermit permit = new TestPermit();
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    /** Who slept, in this order. As long as the limit is unknown, each caller sleeps once when it is first in the queue. */
    private final List<String> sleepers = new CopyOnWriteArrayList<>();

    private final CountDownLatch asleep = new CountDownLatch(1);
    private final CountDownLatch wake = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    @Test
    void a_caller_whose_turn_it_is_does_not_sleep() throws InterruptedException {
        assertThat(limiter(this::sleep).acquire()).isEmpty();
        assertThat(slept).isEmpty();
        assertThat(window.taken()).isEqualTo(1);
    }

    @Test
    void a_caller_sleeps_until_its_turn() throws InterruptedException {
        RateLimiter limiter = limiter(this::sleep);
        limiter.acquire();
        clock.advance(Duration.ofMillis(50));

        assertThat(limiter.acquire()).isEmpty();
        assertThat(slept).containsExactly(Duration.ofMillis(200));
        assertThat(window.taken()).isEqualTo(2);
    }

    @Test
    void a_long_wait_is_slept_in_naps() throws InterruptedException {
        window.refused(NOON, RateHeaders.read(name -> name.equals("Retry-After") ? "3" : null, NOON));

        assertThat(limiter(this::sleep).acquire()).isEmpty();
        assertThat(slept).hasSize(12).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void after_the_permit_is_revoked_nobody_acquires_a_call() throws InterruptedException {
        RateLimiter limiter = limiter(this::sleep);
        permit.revoke();

        assertThat(limiter.acquire()).contains(Intercom.halted());
        assertThat(limiter.mayLeave()).isFalse();
        assertThat(slept).isEmpty();
        assertThat(window.taken()).as("nothing is taken from the window").isZero();
    }

    @Test
    void a_revoked_permit_does_not_concern_the_limiter_of_the_next_run() throws InterruptedException {
        RateLimiter next = limiter(new TestPermit(), this::sleep);
        permit.revoke();

        assertThat(next.acquire()).isEmpty();
        assertThat(next.mayLeave()).isTrue();
        assertThat(limiter(this::sleep).acquire()).contains(Intercom.halted());
    }

    @Test
    void two_limiters_take_their_calls_from_one_window() throws InterruptedException {
        RateLimiter other = limiter(CallPermit.ALWAYS, this::sleep);

        assertThat(limiter(this::sleep).acquire()).isEmpty();
        assertThat(other.acquire()).isEmpty();

        assertThat(slept).containsExactly(Duration.ofMillis(250));
        assertThat(window.taken()).isEqualTo(2);
    }

    @Test
    void a_caller_without_a_granted_permit_naps_until_it_is_granted_and_takes_nothing_meanwhile()
            throws InterruptedException {
        RateLimiter limiter = limiter(this::sleep);
        permit.grantWhile(() -> slept.size() == 3);

        assertThat(limiter.acquire()).isEmpty();

        assertThat(slept).hasSize(3).containsOnly(Duration.ofMillis(250));
        assertThat(window.taken()).isEqualTo(1);
    }

    @Test
    void a_call_may_leave_only_while_its_permit_is_granted() throws InterruptedException {
        RateLimiter limiter = limiter(this::sleep);

        assertThat(limiter.acquire()).isEmpty();
        assertThat(limiter.mayLeave()).isTrue();
        permit.grantWhile(() -> false);
        assertThat(limiter.mayLeave()).isFalse();
    }

    @Test
    void a_caller_that_waits_for_its_permit_gives_up_when_that_is_revoked() throws InterruptedException {
        RateLimiter limiter = limiter(duration -> {});
        permit.grantWhile(() -> {
            permit.revoke();
            return false;
        });

        assertThat(limiter.acquire()).contains(Intercom.halted());
        assertThat(window.taken()).isZero();
    }

    @Test
    void callers_acquire_calls_in_the_order_in_which_they_came() throws Exception {
        RateLimiter limiter = limiter(this::sleepUntilWoken);
        limiter.acquire();
        List<Future<Optional<Failure>>> all = new ArrayList<>();
        all.add(call("first", () -> {
            assertThat(limiter.acquire()).isEmpty();
            return limiter.acquire();
        }));
        asleep.await();
        for (String name : List.of("second", "third", "fourth")) {
            all.add(queue(name, limiter::acquire));
        }
        wake.countDown();
        for (Future<Optional<Failure>> each : all) {
            assertThat(each.get()).isEmpty();
        }
        assertThat(sleepers).containsExactly("first", "second", "third", "fourth", "first");
    }

    @Test
    void a_permit_revoked_while_callers_wait_makes_the_sleeper_and_all_behind_it_give_up() throws Exception {
        RateLimiter limiter = limiter(this::sleepUntilWoken);
        limiter.acquire();
        Future<Optional<Failure>> first = call("first", limiter::acquire);
        asleep.await();
        Future<Optional<Failure>> second = queue("second", limiter::acquire);
        permit.revoke();
        wake.countDown();

        assertThat(first.get()).contains(Intercom.halted());
        assertThat(second.get()).contains(Intercom.halted());
        assertThat(sleepers).as("only the first slept, and once").containsExactly("first");
        assertThat(window.taken()).isEqualTo(1);
    }

    @Test
    void an_interrupted_sleeper_makes_room_for_the_next_caller() throws InterruptedException {
        RateLimiter limiter = limiter(duration -> {
            if (slept.isEmpty()) {
                slept.add(duration);
                throw new InterruptedException("stop");
            }
            sleep(duration);
        });
        limiter.acquire();

        assertThatThrownBy(limiter::acquire).isInstanceOf(InterruptedException.class);
        assertThat(limiter.acquire()).isEmpty();
    }

    private RateLimiter limiter(Sleeper sleeper) {
        return limiter(permit, sleeper);
    }

    private RateLimiter limiter(CallPermit whose, Sleeper sleeper) {
        return new RateLimiter(window, whose, clock, clock.steady(), sleeper, Duration.ofMinutes(10));
    }

    /** Moves the clock and takes no time. */
    private void sleep(Duration duration) {
        slept.add(duration);
        sleepers.add(Thread.currentThread().getName());
        clock.advance(duration);
    }

    private void sleepUntilWoken(Duration duration) throws InterruptedException {
        asleep.countDown();
        wake.await();
        sleep(duration);
    }

    private Future<Optional<Failure>> call(String name, Callable<Optional<Failure>> caller) {
        return callers.submit(() -> {
            Thread.currentThread().setName(name);
            return caller.call();
        });
    }

    /** Starts a caller and returns once it waits in the queue. */
    private Future<Optional<Failure>> queue(String name, Callable<Optional<Failure>> caller) {
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        Future<Optional<Failure>> future = call(name, () -> {
            thread.set(Thread.currentThread());
            return caller.call();
        });
        await().until(() -> {
            Thread queued = thread.get();
            return queued != null && queued.getState() == Thread.State.WAITING;
        });
        return future;
    }
}
