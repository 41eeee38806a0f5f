package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.atFirst;
import static com.convmerge.run.NoteInDoubt.noteOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.report.RunReports;
import com.convmerge.requests.SurvivorNotes;
import com.convmerge.retries.Retries;
import com.convmerge.retries.RetryFilter;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of merged and waiting requests, and those of the program itself, that somebody changes or deletes by hand, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ChangedAfterwardsTest {
    private static final int REQUESTS = 20;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_parent_that_is_changed_to_text_after_the_merge_does_not_keep_survivors_from_being_told() {
        try (BatchFixture night = nightWith(3)) {
            night.sandbox.faults(atFirst(arrival -> arrival.isNote() && arrival.isFor("1001"), () -> night.jdbc
                    .sql("UPDATE merge_request SET parent_conversation_id = 'call Bob' WHERE id = 2")
                    .update()));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 3L));
            assertThat(Invariants.listed(night.conversation(1_001))).containsOnlyKeys("50001", "50002", "50003");
        }
    }

    @Test
    void rows_of_merged_requests_that_are_changed_to_text_are_left_out_of_notes_that_are_still_to_be_written() {
        try (BatchFixture night = nightWith(6)) {
            night.sandbox.faults(FaultPlan.always(arrival -> isNoteOnSurvivor(arrival), Fault.UNPROCESSABLE_422));
            night.run();
            night.sandbox.faults(FaultPlan.none());
            night.jdbc.sql("UPDATE merge_request SET parent_note_key = NULL").update();
            night.jdbc
                    .sql("UPDATE merge_request SET parent_conversation_id = 'x' WHERE id = 1")
                    .update();
            night.jdbc
                    .sql("UPDATE merge_request SET survivor_conversation_id = 'y' WHERE id = 2")
                    .update();
            night.jdbc
                    .sql("UPDATE merge_request SET duplicate_conversation_id = 'z' WHERE id = 3")
                    .update();

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(Invariants.listed(night.conversation(1_001))).containsOnlyKeys("50001");
            assertThat(Invariants.listed(night.conversation(1_002))).containsOnlyKeys("50004", "50005", "50006");
        }
    }

    @Test
    void a_merged_request_that_is_made_pending_by_hand_is_merged_again_and_told_of_once() {
        try (BatchFixture night = nightWith(3)) {
            night.run();
            night.jdbc
                    .sql("UPDATE merge_request SET status = 'PENDING' WHERE id = 2")
                    .update();
            long calls = night.sandbox.callCount();

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 3L));
            assertThat(night.writesSince(calls)).isEmpty();
            Invariants.hold(night);
        }
    }

    @Test
    void a_merged_request_whose_row_is_set_back_as_if_it_were_new_is_told_of_once() {
        try (BatchFixture night = nightWith(3)) {
            night.run();
            update(
                    night,
                    "UPDATE merge_request SET status = 'PENDING', survivor_conversation_id = NULL, parent_note_key = NULL"
                            + " WHERE id = 2");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 3L));
            Invariants.hold(night);
            long calls = night.sandbox.callCount();
            night.run();
            assertThat(night.writesSince(calls)).isEmpty();
        }
    }

    @Test
    void nobody_is_told_who_is_no_parent_that_a_run_has_found() {
        try (BatchFixture night = nightWith(3)) {
            night.sandbox.workspace().addConversation("1999");
            night.run();
            update(
                    night,
                    "UPDATE merge_request SET survivor_conversation_id = '1999', parent_note_key = NULL WHERE id = 2");
            update(
                    night,
                    "UPDATE merge_request SET survivor_conversation_id = NULL, parent_note_key = NULL WHERE id = 3");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.conversation(1_999).notes()).isEmpty();
            assertThat(night.part(SurvivorNotes.class).untellable()).containsExactly(2L, 3L);
        }
    }

    @Test
    void a_run_lock_that_is_deleted_is_put_back_and_the_run_goes_on() {
        try (BatchFixture night = nightWith(REQUESTS)) {
            night.sandbox.faults(atFirst(Arrival::isNote, () -> update(night, "DELETE FROM merge_run_lock")));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
        }
    }

    @Test
    void a_plan_that_is_deleted_after_the_note_changes_nothing_about_where_the_request_goes() {
        try (BatchFixture night = nightWith(3)) {
            night.sandbox.faults(atFirst(Arrival::isClose, () -> update(night, "DELETE FROM merge_plan")));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 3L));
            assertThat(Invariants.listed(night.conversation(1_001))).containsOnlyKeys("50001", "50002", "50003");
            Invariants.hold(night);
        }
    }

    @Test
    void a_next_try_at_no_time_that_a_calendar_has_means_never() {
        try (BatchFixture night = nightWith(2)) {
            night.sandbox.faults(FaultPlan.always(Arrival::isTag, Fault.RATE_LIMITED_429));
            night.run();
            night.sandbox.faults(FaultPlan.none());
            String never = kind == DatabaseKind.POSTGRESQL ? "infinity" : "12026-01-01 00:00:00+00";
            update(night, "UPDATE merge_retry SET next_attempt_at = '" + never + "'");
            night.clock.advance(Duration.ofDays(2));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("RETRY", 2L));
            assertThat(night.part(RunReports.class).summary(2).nextAttemptAt())
                    .isAfter(Instant.parse("9000-01-01T00:00:00Z"));
        }
    }

    @Test
    void a_request_in_retry_without_a_row_in_the_retry_table_is_taken_again() {
        try (BatchFixture night = nightWith(2)) {
            night.jdbc
                    .sql("UPDATE merge_request SET status = 'RETRY' WHERE id = 1")
                    .update();
            night.jdbc
                    .sql("UPDATE merge_request SET status = 'FAILED' WHERE id = 2")
                    .update();
            assertThat(night.part(Retries.class).release(new RetryFilter(List.of(2L), null, null)))
                    .containsExactly(2L);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 2L));
        }
    }

    private BatchFixture nightWith(int requests) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(requests);
        return night;
    }

    private static void update(BatchFixture night, String sql) {
        night.jdbc.sql(sql).update();
    }

    private static boolean isNoteOnSurvivor(Arrival arrival) {
        return arrival.isNote() && !noteOn(0).test(arrival) && arrival.path().startsWith("/conversations/10");
    }
}
