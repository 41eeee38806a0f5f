package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void fifty_failures_in_a_row_are_too_many() {
        assertThat(trips(49, true)).isZero();
        assertThat(breaker.record(true)).contains("50 requests in a row failed");
        assertThat(breaker.record(true)).contains("51 requests in a row failed");
    }

    @Test
    void one_success_restarts_the_count_of_failures_in_a_row() {
        assertThat(trips(49, true)).isZero();
        assertThat(breaker.record(false)).isEmpty();
        assertThat(trips(49, true)).isZero();
        assertThat(breaker.record(true)).isPresent();
    }

    @Test
    void half_of_the_last_two_hundred_are_too_many_but_only_after_two_hundred_outcomes() {
        for (int i = 1; i < 200; i++) {
            assertThat(breaker.record(i % 2 == 0)).as("outcome %d", i).isEmpty();
        }
        assertThat(breaker.record(true)).contains("100 of the last 200 requests failed");
    }

    @Test
    void a_success_ends_no_run() {
        for (int i = 1; i <= 400; i++) {
            boolean failed = i % 4 != 0;
            assertThat(breaker.record(failed).isPresent()).as("outcome %d", i).isEqualTo(failed && i >= 200);
        }
    }

    @Test
    void a_third_of_failures_never_is_too_many() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(breaker.record(i % 3 == 0)).as("outcome %d", i).isEmpty();
        }
    }

    @Test
    void only_the_last_two_hundred_count() {
        assertThat(trips(49, true)).isZero();
        assertThat(trips(200, false)).isZero();
        // After this loop 99 of the latest outcomes are failures; one more makes 100 of the last 200.
        for (int i = 0; i < 99; i++) {
            assertThat(breaker.record(true)).as("failure %d", i + 1).isEmpty();
            assertThat(breaker.record(false)).isEmpty();
        }
        assertThat(breaker.record(true)).contains("100 of the last 200 requests failed");
    }

    @Test
    void many_threads_are_counted_right() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                counts.add(pool.submit(() -> trips(5_000, true)));
            }
            long trips = 0;
            for (Future<Long> count : counts) {
                trips += count.get();
            }
            // Every failure trips the breaker except the first 49.
            assertThat(trips).isEqualTo(8 * 5_000 - 49);
            assertThat(breaker.record(true)).contains("40001 requests in a row failed");
        } finally {
            pool.shutdownNow();
        }
    }

    /** Records the given number of equal outcomes and returns how often the breaker says that the run should end. */
    private long trips(int outcomes, boolean failed) {
        long trips = 0;
        for (int i = 0; i < outcomes; i++) {
            Optional<String> reason = breaker.record(failed);
            trips += reason.isPresent() ? 1 : 0;
        }
        return trips;
    }
}
