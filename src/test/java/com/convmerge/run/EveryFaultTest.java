package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Database;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nights on which everything goes wrong that the sandbox knows; a subclass per database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class EveryFaultTest {
    private static final Set<Fault> STOP_THE_RUN =
            EnumSet.of(Fault.UNAUTHORIZED_401, Fault.FORBIDDEN_PLAN_403, Fault.ADMIN_NOT_FOUND);
    private static final Set<Fault> TIME_OUT = EnumSet.of(Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER);
    private static final Set<Fault> ALL_OTHERS = EnumSet.allOf(Fault.class);

    static {
        ALL_OTHERS.removeAll(STOP_THE_RUN);
        ALL_OTHERS.removeAll(TIME_OUT);
    }

    private static final int REQUESTS = 60;
    private static final int NIGHTS = 3;
    /**
     * The one time here that really passes. Settling takes none, so a call that only a busy machine holds up longer than this
     * would have its effect after the looks: a bound generous enough for that, met by few calls.
     */
    private static final String[] IMPATIENT = {"convmerge.intercom.call-timeout=3s"};

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private Database newDatabase() {
        return kind.create();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {20260821, 4711})
    void no_note_is_written_twice_and_each_request_stands_in_one_state_whatever_goes_wrong(long seed) {
        try (BatchFixture night = nightOf(seed)) {
            night.askMany(REQUESTS);

            for (int i = 0; i < NIGHTS; i++) {
                pass(night);
            }
            night.sandbox.faults(FaultPlan.none());
            pass(night);

            assertThat(night.standings()).containsOnlyKeys("MERGED", "FAILED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_request")).isEqualTo(REQUESTS);
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'COMPLETED'"))
                    .isPositive();
        }
    }

    /** Intercom at its strictest, and slow to show what was written. */
    private BatchFixture nightOf(long seed) {
        FaultPlan faults = FaultPlan.on(Arrival::isNote, Fault.TIMEOUT_AFTER, Fault.TIMEOUT_BEFORE)
                .and(FaultPlan.on(Arrival::isTag, Fault.TIMEOUT_AFTER))
                .and(FaultPlan.random(seed, 0.01, STOP_THE_RUN))
                .and(FaultPlan.random(~seed, 0.2, ALL_OTHERS));
        return BatchFixture.on(
                newDatabase(),
                setup -> setup.faults(faults)
                        .quirks(Quirk.REPEATED_CLOSE_REFUSED, Quirk.REPEATED_TAG_REFUSED)
                        .noteVisibleAfter(Duration.ofSeconds(3)),
                IMPATIENT);
    }

    /** A run, and a restart if it broke off; a day later all that waits is due. */
    private static void pass(BatchFixture night) {
        night.clock.advance(Duration.ofHours(25));
        RunEnd end = run(night);
        Invariants.hold(night);
        if (end.kind() != RunEnd.Kind.COMPLETED) {
            try (BatchFixture restarted = night.again(IMPATIENT)) {
                restarted.restart();
            }
            Invariants.hold(night);
        }
    }

    private static RunEnd run(BatchFixture night) {
        try (BatchFixture program = night.again(IMPATIENT)) {
            return program.run();
        }
    }
}
