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

/** Several runs during which every fault that the sandbox can produce occurs, on each database. */
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
     * The only real time that this test waits for, since all other waiting happens on the test clock. On a busy machine a call
     * that takes longer than this timeout takes effect only after the program has checked the conversation for it. The timeout
     * is therefore generous, and only few calls reach it.
     */
    private static final String[] SHORT_CALL_TIMEOUT = {"convmerge.intercom.call-timeout=3s"};

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private Database newDatabase() {
        return kind.create();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 20260821)
    void no_note_is_written_twice_and_each_request_has_one_consistent_state_whatever_goes_wrong(long seed) {
        try (BatchFixture night = nightWithFaults(seed)) {
            night.askMany(REQUESTS);

            for (int i = 0; i < NIGHTS; i++) {
                runAndRestart(night);
            }
            night.sandbox.faults(FaultPlan.none());
            runAndRestart(night);

            assertThat(night.standings()).containsOnlyKeys("MERGED", "FAILED");
            assertThat(night.number("SELECT COUNT(*) FROM merge_request")).isEqualTo(REQUESTS);
            assertThat(night.number("SELECT COUNT(*) FROM batch_job_execution WHERE status = 'COMPLETED'"))
                    .isPositive();
        }
    }

    /** The sandbox refuses repeated closes and tags, and shows a note only some time after it was written. */
    private BatchFixture nightWithFaults(long seed) {
        FaultPlan faults = FaultPlan.on(Arrival::isNote, Fault.TIMEOUT_AFTER, Fault.TIMEOUT_BEFORE)
                .and(FaultPlan.on(Arrival::isTag, Fault.TIMEOUT_AFTER))
                .and(FaultPlan.random(seed, 0.01, STOP_THE_RUN))
                .and(FaultPlan.random(~seed, 0.2, ALL_OTHERS));
        return BatchFixture.on(
                newDatabase(),
                setup -> setup.faults(faults)
                        .quirks(Quirk.REPEATED_CLOSE_REFUSED, Quirk.REPEATED_TAG_REFUSED)
                        .noteVisibleAfter(Duration.ofSeconds(3)),
                SHORT_CALL_TIMEOUT);
    }

    /** Runs once, a day later so that every waiting request is due, and restarts the run if it did not complete. */
    private static void runAndRestart(BatchFixture night) {
        night.clock.advance(Duration.ofHours(25));
        RunEnd end = run(night);
        Invariants.hold(night);
        if (end.kind() != RunEnd.Kind.COMPLETED) {
            try (BatchFixture restarted = night.again(SHORT_CALL_TIMEOUT)) {
                restarted.restart();
            }
            Invariants.hold(night);
        }
    }

    private static RunEnd run(BatchFixture night) {
        try (BatchFixture program = night.again(SHORT_CALL_TIMEOUT)) {
            return program.run();
        }
    }
}
