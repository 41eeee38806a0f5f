package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.RequestTable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs on a database that has lost what was done: a backup that was restored, or a replica that lacks the last commits. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class OlderDatabaseTest {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_run_on_a_restored_backup_ends_at_the_first_note_that_it_doubles() {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);
            assertThat(end.message())
                    .matches("conversation 500[0-9]{2} shows a note of convmerge, ref cmd[a-z]{9}, of which the ledger"
                            + " knows nothing: this database is older than what was done .*run --verify.*");
            assertThat(RestoredDatabase.notesOnDuplicates(night)).isEqualTo(RestoredDatabase.REQUESTS + 1);
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", (long) RestoredDatabase.REQUESTS));
            assertThat(night.part(RunRecords.class).last(1)).singleElement().satisfies(run -> {
                assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.FAILED);
                assertThat(run.detail()).isEqualTo(end.message());
            });
        }
    }

    @Test
    void after_a_run_that_found_the_database_older_each_run_verifies_until_one_is_complete() {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);
            long before = night.sandbox.callCount();

            assertThat(night.run(new RunOptions(5L, null, false, true)).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.writesSince(before))
                    .noneMatch(call -> call.arrival().isNote());
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) RestoredDatabase.REQUESTS));

            long mended = night.sandbox.callCount();
            night.ask(1_001, 70_001);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(RestoredDatabase.callsOn(night, mended, "70001"))
                    .as("calls of a run that need not verify any more")
                    .hasSize(3);
        }
    }

    @Test
    void a_restart_of_a_run_that_found_the_database_older_verifies() {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);
            long before = night.sandbox.callCount();

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.writesSince(before))
                    .noneMatch(call -> call.arrival().isNote());
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) RestoredDatabase.REQUESTS));
        }
    }

    @Test
    void after_a_failover_that_lost_the_last_commits_at_most_what_is_in_flight_is_doubled() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(RestoredDatabase.REQUESTS);
            night.run();
            RestoredDatabase.forget(night, "id > " + RestoredDatabase.REQUESTS / 2);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);
            assertThat(RestoredDatabase.notesOnDuplicates(night))
                    .isLessThanOrEqualTo(RestoredDatabase.REQUESTS + BatchFixture.WORKERS);
            long before = night.sandbox.callCount();

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.writesSince(before))
                    .noneMatch(call -> call.arrival().isNote());
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) RestoredDatabase.REQUESTS));
        }
    }

    @Test
    void a_conversation_that_is_closed_and_carries_our_tag_gives_the_database_away_and_an_open_one_does_not() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(1);
            night.run();
            night.ask(1, 11);
            night.ask(1, 12);
            RestoredDatabase.tagAsUs(night, "11");
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            night.ask(1, 13);
            RestoredDatabase.tagAsUs(night, "13");
            night.sandbox.workspace().close("13");

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);
            assertThat(end.message()).startsWith("conversation 13 is closed and carries our tag, of which");
        }
    }

    /** Each note is written, but none is answered, so that only the looks can tell. */
    @Test
    void the_look_for_a_note_in_doubt_gives_the_database_away_too_before_a_second_note_leaves() {
        try (BatchFixture night = RestoredDatabase.restored(kind)) {
            night.sandbox.faults(FaultPlan.always(Arrival::isNote, Fault.GATEWAY_504_AFTER));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.DATABASE_OLDER);

            assertThat(RestoredDatabase.notesOnDuplicates(night)).isEqualTo(RestoredDatabase.REQUESTS + 1);
        }
    }

    /** The first request was given up after its note; somebody asked again, and dropped the first one. */
    @Test
    void a_note_and_a_tag_of_an_earlier_request_are_no_sign() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            long first = night.ask(1, 11);
            night.run();
            new RequestTable(night.database).set(first, "status", "FAILED");
            new RequestTable(night.database).set(first, "duplicate_conversation_id", "999");
            long second = night.ask(1, 11);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.status(second)).isEqualTo("MERGED");
        }
    }
}
