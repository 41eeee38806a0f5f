package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Fault;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nights in which the wall clock is set while a note is in doubt. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ClockSetNightTest {
    private static final int REQUESTS = 6;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void the_settle_time_really_passes_and_no_longer_and_nothing_else_waits(Duration jump) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            List<Instant> noteCalls = new CopyOnWriteArrayList<>();
            night.sandbox.faults(arrival -> {
                if (!arrival.isNote() || !arrival.path().contains("/50003/")) {
                    return Optional.empty();
                }
                noteCalls.add(night.clock.steady().instant());
                if (noteCalls.size() > 1) {
                    return Optional.empty();
                }
                night.clock.jump(jump);
                return Optional.of(Fault.GATEWAY_504_BEFORE);
            });
            Instant began = night.clock.steady().instant();

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(noteCalls).hasSize(2);
            assertThat(Duration.between(noteCalls.get(0), noteCalls.get(1)))
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(15));
            assertThat(night.clock.steady().since(began)).isLessThan(Duration.ofMinutes(17));
            Invariants.hold(night);
        }
    }
}
