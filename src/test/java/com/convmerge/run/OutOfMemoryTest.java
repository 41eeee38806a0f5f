package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run one of whose threads runs out of memory in the middle of its work. */
class OutOfMemoryTest {
    @ParameterizedTest
    @ValueSource(strings = {"merge-", "partition-"})
    void the_run_fails_and_says_so_and_the_next_one_finishes(String threads) {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(60);
            night.sandbox.faults(arrival -> {
                if (arrival.isNote() && arrival.number() > 60) {
                    night.clock.poison(threads);
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).startsWith("out of memory (Java heap space): give it more");
            assertThat(night.part(RunLease.class).underWay())
                    .as("a lease of a dead run")
                    .isEmpty();
            night.sandbox.faults(FaultPlan.none());
            night.clock.poison("no thread");
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 60L));
            Invariants.hold(night);
        }
    }
}
