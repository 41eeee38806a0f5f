package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.NO_WAIT;
import static com.convmerge.run.NoteInDoubt.SETTLE_TIME;
import static com.convmerge.run.NoteInDoubt.calls;
import static com.convmerge.run.NoteInDoubt.inState;
import static com.convmerge.run.NoteInDoubt.late;
import static com.convmerge.run.NoteInDoubt.noteOn;
import static com.convmerge.run.NoteInDoubt.readOf;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.Fault;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A note on a survivor of which nobody knows whether it was written, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SurvivorNoteInDoubtTest {
    private static final long SURVIVOR = 1;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @ParameterizedTest
    @EnumSource(names = {"GATEWAY_504_AFTER", "DROP_AFTER", "ERROR_500_AFTER", "BROKEN_JSON_AFTER"})
    void a_note_that_appears_late_is_found_by_the_same_run(Fault fault) {
        try (BatchFixture night = nightWith(fault, Duration.ofSeconds(90))) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertToldOnce(night, 1);
        }
    }

    @Test
    void a_note_that_never_appears_is_sent_again_by_the_same_run_when_the_settle_time_is_over() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_BEFORE, Duration.ZERO)) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertToldOnce(night, 2);
            List<Call> sent = calls(night, noteOn(SURVIVOR));
            assertThat(Duration.between(sent.get(0).at(), sent.get(1).at()))
                    .isBetween(SETTLE_TIME, SETTLE_TIME.plusSeconds(1));
        }
    }

    @Test
    void the_next_run_at_once_does_not_write_a_second_note() {
        String patience = "convmerge.intercom.call-timeout=3s";
        try (BatchFixture night = nightWith(Fault.TIMEOUT_AFTER, Duration.ofSeconds(90), patience)) {
            assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(inState(night, "IN_DOUBT")).isEqualTo(1);
            assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(inState(night, "IN_DOUBT")).isEqualTo(1);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertToldOnce(night, 1);
        }
    }

    @Test
    void runs_that_do_not_wait_only_read_until_the_settle_time_is_over() {
        try (BatchFixture night = nightWith(Fault.DROP_BEFORE, Duration.ZERO)) {
            night.run(NO_WAIT);
            for (int minutes = 0; minutes < 12; minutes += 3) {
                int reads = calls(night, readOf(SURVIVOR)).size();
                night.clock.advance(Duration.ofMinutes(3));
                night.run(NO_WAIT);

                assertThat(calls(night, noteOn(SURVIVOR))).hasSize(1);
                assertThat(calls(night, readOf(SURVIVOR))).hasSizeGreaterThan(reads);
            }
            night.clock.advance(Duration.ofMinutes(3));
            night.run(NO_WAIT);

            assertToldOnce(night, 2);
        }
    }

    @Test
    void new_merges_into_the_survivor_get_a_note_of_their_own_while_the_earlier_one_is_in_doubt() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofMinutes(5))) {
            night.run(NO_WAIT);
            night.ask(SURVIVOR, 13);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(Invariants.listed(night.conversation(SURVIVOR))).isEqualTo(Map.of("11", 1L, "12", 1L, "13", 1L));
            assertThat(written(night, SURVIVOR)).hasSize(2);
            assertThat(inState(night, "DONE")).isEqualTo(3 * 3 + 2);
            Invariants.hold(night);
        }
    }

    private BatchFixture nightWith(Fault fault, Duration late, String... settings) {
        BatchFixture night = BatchFixture.on(kind.create(), settings);
        night.ask(SURVIVOR, 11);
        night.ask(SURVIVOR, 12);
        late(night, SURVIVOR, fault, late);
        return night;
    }

    private static void assertToldOnce(BatchFixture night, int sent) {
        assertThat(written(night, SURVIVOR)).hasSize(1);
        assertThat(calls(night, noteOn(SURVIVOR))).hasSize(sent);
        assertThat(Invariants.listed(night.conversation(SURVIVOR))).isEqualTo(Map.of("11", 1L, "12", 1L));
        assertThat(inState(night, "DONE")).isEqualTo(2 * 3 + 1);
        assertThat(night.standings()).isEqualTo(Map.of("MERGED", 2L));
        Invariants.hold(night);
    }
}
