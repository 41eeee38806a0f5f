package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.report.ReportFiles;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The note about its merges wakes a snoozed parent: it is snoozed again, and the report says so, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SnoozedParentTest {
    private static final long PARENT = 1_001;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_parent_that_its_note_wakes_is_snoozed_again_until_the_same_time_and_the_report_says_so() throws IOException {
        try (BatchFixture night = nightWith()) {
            Instant until = snoozed(night);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.conversation(PARENT).notes()).hasSize(1);
            assertAsleep(night, until);
            assertThat(report(night, 1)).contains("Parent 1001 was snoozed until ", ", and it is snoozed again.");
            long calls = night.sandbox.callCount();
            night.run();
            assertThat(night.writesSince(calls)).isEmpty();
        }
    }

    @Test
    void if_the_settings_do_not_want_it_the_report_says_that_the_parent_is_awake() throws IOException {
        try (BatchFixture night = nightWith("convmerge.snooze-again=false")) {
            snoozed(night);

            night.run();

            assertThat(night.conversation(PARENT).state()).isEqualTo("open");
            assertThat(report(night, 1)).contains("Parent 1001 was snoozed until ", ", and it is awake.");
        }
    }

    @Test
    void a_snooze_that_fails_is_made_up_for_by_the_next_run() throws IOException {
        try (BatchFixture night = nightWith()) {
            Instant until = snoozed(night);
            night.sandbox.faults(FaultPlan.always(SnoozedParentTest::isSnooze, Fault.UNPROCESSABLE_422));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.conversation(PARENT).state()).isEqualTo("open");
            assertThat(report(night, 1)).contains("and it is awake.");
            night.sandbox.faults(FaultPlan.none());

            night.run();

            assertAsleep(night, until);
        }
    }

    @Test
    void a_parent_that_somebody_opened_before_its_note_stays_open() {
        try (BatchFixture night = nightWith()) {
            snoozed(night);
            night.sandbox.faults(NoteInDoubt.atFirst(
                    Arrival::isClose, () -> night.sandbox.workspace().open("" + PARENT)));

            night.run();

            assertThat(night.conversation(PARENT).state()).isEqualTo("open");
        }
    }

    @Test
    void a_note_that_is_in_doubt_and_wakes_the_parent_later_is_followed_by_the_snooze() {
        try (BatchFixture night = nightWith()) {
            Instant until = snoozed(night);
            NoteInDoubt.late(night, PARENT, Fault.GATEWAY_504_AFTER, Duration.ofSeconds(30));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.conversation(PARENT).notes()).hasSize(1);
            assertAsleep(night, until);
        }
    }

    private BatchFixture nightWith(String... settings) {
        BatchFixture night = BatchFixture.on(kind.create(), settings);
        night.askMany(3);
        return night;
    }

    private static Instant snoozed(BatchFixture night) {
        Instant until = night.clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        night.sandbox.workspace().snooze("" + PARENT, until);
        return until;
    }

    private static void assertAsleep(BatchFixture night, Instant until) {
        assertThat(night.conversation(PARENT).state()).isEqualTo("snoozed");
        assertThat(night.conversation(PARENT).snoozedUntil()).isEqualTo(until);
    }

    private static boolean isSnooze(Arrival arrival) {
        return "snoozed".equals(arrival.messageType());
    }

    private static String report(BatchFixture night, long run) throws IOException {
        return Files.readString(night.part(ReportFiles.class).write(run));
    }
}
