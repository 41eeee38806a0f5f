package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Several runs in one JVM: each run has its own cancellation, progress and circuit breaker, which are discarded at its end. */
class SeveralRunsTest {
    private static final int REQUESTS = 30;

    @Test
    void a_run_that_failed_leaves_nothing_behind_for_the_next_one_of_the_same_program() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(REQUESTS);
            night.sandbox.faults(FaultPlan.always(arrival -> arrival.isNote(), Fault.UNAUTHORIZED_401));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
            night.sandbox.faults(FaultPlan.none());

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(night.part(RunLauncher.class).progress()).isEmpty();
            Invariants.hold(night);
        }
    }

    @Test
    void two_runs_work_at_the_same_time_on_two_databases() {
        try (BatchFixture one = BatchFixture.on(Databases.h2());
                BatchFixture other = BatchFixture.on(Databases.postgres())) {
            CountDownLatch bothWriteNotes = new CountDownLatch(2);
            for (BatchFixture night : new BatchFixture[] {one, other}) {
                night.askMany(REQUESTS);
                AtomicBoolean isFirst = new AtomicBoolean(true);
                night.sandbox.faults(arrival -> {
                    if (arrival.isNote()) {
                        if (isFirst.getAndSet(false)) {
                            bothWriteNotes.countDown();
                        }
                        awaitOrFail(bothWriteNotes);
                    }
                    return Optional.empty();
                });
            }

            CompletableFuture<RunEnd> second = CompletableFuture.supplyAsync(other::run);
            RunEnd first = one.run();

            assertThat(first.kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(second.join().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            for (BatchFixture night : new BatchFixture[] {one, other}) {
                assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
                Invariants.hold(night);
            }
        }
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
