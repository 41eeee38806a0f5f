package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.atFirst;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that somebody changes or deletes by hand, before, during and after the run that takes them, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ChangedRowsTest {
    private static final int REQUESTS = 20;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_request_whose_row_is_deleted_during_the_run_is_gone_and_the_others_are_merged() {
        try (BatchFixture night = nightWith(REQUESTS)) {
            AtomicLong gone = duringTheFirstNote(night, "DELETE FROM merge_request WHERE id = %d");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", REQUESTS - 1L));
            assertThat(written(night, 50_000 + gone.get())).isEmpty();
            Invariants.hold(night);
        }
    }

    @Test
    void a_request_whose_parent_is_changed_before_it_is_begun_goes_into_the_new_one_with_the_next_run() {
        try (BatchFixture night = nightWith(REQUESTS)) {
            night.sandbox.workspace().addConversation("1999");
            duringTheFirstNote(
                    night, "UPDATE merge_request SET parent_conversation_id = '1999' WHERE MOD(id, 2) = MOD(%d, 2)");

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(end.message())
                    .isEqualTo("10 requests were left alone, because somebody changed the row while it waited; the next"
                            + " run decides again");
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L, "PENDING", 10L));
            assertThat(night.run()).returns("", RunEnd::message);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(Invariants.listed(night.conversation(1_999))).hasSize(10);
            Invariants.hold(night);
        }
    }

    @Test
    void a_request_whose_duplicate_is_changed_to_text_before_it_is_begun_is_rejected_by_the_next_run() {
        try (BatchFixture night = nightWith(REQUESTS)) {
            AtomicLong changed = duringTheFirstNote(
                    night, "UPDATE merge_request SET duplicate_conversation_id = 'ask Mara' WHERE id = %d");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.status(changed.get())).isEqualTo("REJECTED");
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", REQUESTS - 1L, "REJECTED", 1L));
            assertThat(written(night, 50_000 + changed.get())).isEmpty();
        }
    }

    @Test
    void a_better_request_after_a_rejection_goes_on_with_the_note_that_is_there() {
        try (BatchFixture night = nightWith(1);
                BatchFixture rejecting = night.again("convmerge.closed-parent=reject")) {
            night.sandbox.faults(FaultPlan.always(Arrival::isTag, Fault.RATE_LIMITED_429));
            night.run();
            assertThat(night.status(1)).isEqualTo("RETRY");
            night.sandbox.faults(FaultPlan.none());
            night.sandbox.workspace().close("1001");
            night.clock.advance(Duration.ofHours(1));
            rejecting.run();
            assertThat(night.status(1)).isEqualTo("REJECTED");

            long same = night.ask(1_001, 50_001);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.status(same)).isEqualTo("MERGED");
            assertThat(written(night, 50_001)).hasSize(1);
            assertThat(night.conversation(50_001).state()).isEqualTo("closed");
        }
    }

    @Test
    void a_duplicate_whose_note_links_elsewhere_is_neither_noted_again_nor_closed() {
        try (BatchFixture night = nightWith(0)) {
            night.ask(700_001, 50_001);
            night.sandbox.faults(FaultPlan.always(Arrival::isTag, Fault.RATE_LIMITED_429));
            night.run();
            night.sandbox.faults(FaultPlan.none());
            night.jdbc
                    .sql("UPDATE merge_request SET parent_conversation_id = 'closed', status = 'PENDING'")
                    .update();
            night.run();
            assertThat(night.status(1)).isEqualTo("REJECTED");

            long other = night.ask(700_002, 50_001);
            night.run();

            assertThat(night.status(other)).isEqualTo("FAILED");
            assertThat(night.jdbc
                            .sql("SELECT code FROM merge_retry WHERE request_id = " + other)
                            .query(String.class)
                            .single())
                    .isEqualTo("merged_elsewhere");
            assertThat(written(night, 50_001)).hasSize(1);
            assertThat(night.conversation(50_001).state()).isEqualTo("open");
        }
    }

    @Test
    void a_request_whose_duplicate_was_changed_after_its_note_touches_neither_conversation() {
        try (BatchFixture night = nightWith(1)) {
            night.sandbox.workspace().addConversation("60001");
            night.sandbox.faults(FaultPlan.always(Arrival::isTag, Fault.RATE_LIMITED_429));
            night.run();
            night.sandbox.faults(FaultPlan.none());
            night.jdbc
                    .sql("UPDATE merge_request SET duplicate_conversation_id = '60001', status = 'PENDING'")
                    .update();

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.status(1)).isEqualTo("FAILED");
            assertThat(night.conversation(60_001).state()).isEqualTo("open");
            assertThat(night.conversation(50_001).state()).isEqualTo("open");
            assertThat(night.conversation(60_001).notes()).isEmpty();
        }
    }

    private BatchFixture nightWith(int requests) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(requests);
        return night;
    }

    /**
     * Changes a request while the first note is under way. All requests have been read by then, and none but the first is begun,
     * because the first note leaves alone. Which one is the first is for the threads to say.
     *
     * @param sql with a place for the id of a request that is not begun
     * @return that id, once the night has come to it
     */
    private static AtomicLong duringTheFirstNote(BatchFixture night, String sql) {
        AtomicLong notBegun = new AtomicLong();
        night.sandbox.faults(atFirst(Arrival::isNote, () -> {
            long begun = night.jdbc
                    .sql("SELECT request_id FROM merge_operation")
                    .query(Long.class)
                    .single();
            notBegun.set(begun % REQUESTS + 1);
            update(night, sql.formatted(notBegun.get(), notBegun.get()));
        }));
        return notBegun;
    }

    private static void update(BatchFixture night, String sql) {
        night.jdbc.sql(sql).update();
    }
}
