package com.convmerge.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.convmerge.merge.Sleeper;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final RateLimitWindow budget = new RateLimitWindow();
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    /** Each caller of an unknown budget sleeps once, in its place at the turnstile. */
    private final List<String> sleepers = new CopyOnWriteArrayList<>();

    private final CountDownLatch asleep = new CountDownLatch(1);
    private final CountDownLatch wake = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    @Test
    void whoever_is_due_passes_without_sleeping() throws InterruptedException {
        assertThat(turnstile(this::sleep).pass()).isTrue();
        assertThat(slept).isEmpty();
        assertThat(budget.taken()).isEqualTo(1);
    }

    @Test
    void a_caller_sleeps_until_its_turn() throws InterruptedException {
        RateLimiter turnstile = turnstile(this::sleep);
        turnstile.pass();
        clock.advance(Duration.ofMillis(50));

        assertThat(turnstile.pass()).isTrue();
        assertThat(slept).containsExactly(Duration.ofMillis(200));
        assertThat(budget.taken()).isEqualTo(2);
    }

    @Test
    void a_long_wait_is_slept_in_naps() throws InterruptedException {
        budget.refused(NOON, RateHeaders.read(name -> name.equals("Retry-After") ? "3" : null));

        assertThat(turnstile(this::sleep).pass()).isTrue();
        assertThat(slept).hasSize(12).containsOnly(Duration.ofMillis(250));
    }

    @Test
    void after_a_halt_nobody_passes() throws InterruptedException {
        RateLimiter turnstile = turnstile(this::sleep);
        turnstile.halt();

        assertThat(turnstile.pass()).isFalse();
        assertThat(slept).isEmpty();
        assertThat(budget.taken()).as("nothing is taken from the budget").isZero();
    }

    @Test
    void once_open_again_callers_pass() throws InterruptedException {
        RateLimiter turnstile = turnstile(this::sleep);
        turnstile.halt();
        turnstile.open();

        assertThat(turnstile.pass()).isTrue();
    }

    @Test
    void who_may_not_leave_naps_until_it_may_and_takes_nothing_from_the_budget() throws InterruptedException {
        RateLimiter turnstile = turnstile(this::sleep);
        turnstile.onlyWhile(() -> slept.size() == 3);

        assertThat(turnstile.pass()).isTrue();

        assertThat(slept).hasSize(3).containsOnly(Duration.ofMillis(250));
        assertThat(budget.taken()).isEqualTo(1);
    }

    @Test
    void who_may_not_leave_is_sent_home_by_a_halt() throws InterruptedException {
        RateLimiter turnstile = turnstile(duration -> {});
        turnstile.onlyWhile(() -> {
            turnstile.halt();
            return false;
        });

        assertThat(turnstile.pass()).isFalse();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void callers_pass_in_the_order_in_which_they_came() throws Exception {
        RateLimiter turnstile = turnstile(this::sleepUntilWoken);
        turnstile.pass();
        List<Future<Boolean>> all = new ArrayList<>();
        all.add(call("first", () -> {
            assertThat(turnstile.pass()).isTrue();
            return turnstile.pass();
        }));
        asleep.await();
        for (String name : List.of("second", "third", "fourth")) {
            all.add(queue(name, turnstile::pass));
        }
        wake.countDown();
        for (Future<Boolean> each : all) {
            assertThat(each.get()).isTrue();
        }
        assertThat(sleepers).containsExactly("first", "second", "third", "fourth", "first");
    }

    @Test
    void a_halt_sends_home_the_sleeper_and_all_behind_it() throws Exception {
        RateLimiter turnstile = turnstile(this::sleepUntilWoken);
        turnstile.pass();
        Future<Boolean> first = call("first", turnstile::pass);
        asleep.await();
        Future<Boolean> second = queue("second", turnstile::pass);
        turnstile.halt();
        wake.countDown();

        assertThat(first.get()).isFalse();
        assertThat(second.get()).isFalse();
        assertThat(sleepers).as("only the first slept, and once").containsExactly("first");
        assertThat(budget.taken()).isEqualTo(1);
    }

    @Test
    void an_interrupted_sleeper_lets_the_next_one_in() throws InterruptedException {
        RateLimiter turnstile = turnstile(duration -> {
            if (slept.isEmpty()) {
                slept.add(duration);
                throw new InterruptedException("stop");
            }
            sleep(duration);
        });
        turnstile.pass();

        assertThatThrownBy(turnstile::pass).isInstanceOf(InterruptedException.class);
        assertThat(turnstile.pass()).isTrue();
    }

    private RateLimiter turnstile(Sleeper sleeper) {
        return new RateLimiter(budget, clock, sleeper);
    }

    /** Time passes at once. */
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

    private Future<Boolean> call(String name, Callable<Boolean> caller) {
        return callers.submit(() -> {
            Thread.currentThread().setName(name);
            return caller.call();
        });
    }

    /** Starts a caller and returns when it stands in the queue. */
    private Future<Boolean> queue(String name, Callable<Boolean> caller) {
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        Future<Boolean> future = call(name, () -> {
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
