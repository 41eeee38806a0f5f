package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.noteOn;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes that are answered 404: by something in between, after they were written, or because a parent was deleted meanwhile. */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class NotFoundNotesTest {
    private static final int PARENTS = 15;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_note_that_was_written_and_answered_404_is_found_and_not_written_again() {
        assertOneNoteAfter(Fault.NOT_FOUND_404_AFTER);
    }

    @Test
    void a_note_that_was_answered_404_and_not_written_is_sent_again_when_it_cannot_come_any_more() {
        assertOneNoteAfter(Fault.NOT_FOUND_404);
    }

    private void assertOneNoteAfter(Fault fault) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.faults(FaultPlan.on(noteOn(50_005), fault));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            assertThat(written(night, 50_005)).hasSize(1);
            Invariants.hold(night);
        }
    }

    @Test
    void parents_that_seem_gone_when_they_are_told_do_not_end_the_run_and_are_told_by_a_later_one() {
        try (BatchFixture night = nightWithParentsThatGo()) {
            assertThat(night.run()).returns(RunEnd.Kind.COMPLETED, RunEnd::kind).returns("", RunEnd::message);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) PARENTS));
            night.sandbox.faults(FaultPlan.none());

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            Invariants.hold(night);
        }
    }

    @Test
    void parents_that_stay_gone_are_tried_in_three_runs() {
        try (BatchFixture night = nightWithParentsThatGo()) {
            for (int run = 1; run <= 4; run++) {
                long before = night.sandbox.callCount();
                assertThat(night.run().kind()).as("run %d", run).isEqualTo(RunEnd.Kind.COMPLETED);
                assertThat(night.writesSince(before))
                        .as("notes on parents in run %d", run)
                        .filteredOn(call -> isOnParent().test(call.arrival()))
                        .hasSize(run <= 3 ? PARENTS : 0);
                night.clock.advance(Duration.ofHours(1));
            }
        }
    }

    @Test
    void ten_parents_of_which_none_is_there_are_not_what_somebody_has_deleted() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            for (int i = 0; i < PARENTS; i++) {
                night.ask(1_001 + i, 50_001 + i);
            }
            night.sandbox.faults(FaultPlan.always(Arrival::isRead, Fault.NOT_FOUND_404));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).contains("no request was blamed for it");
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", (long) PARENTS));
        }
    }

    private BatchFixture nightWithParentsThatGo() {
        BatchFixture night = BatchFixture.on(kind.create());
        for (int i = 0; i < PARENTS; i++) {
            night.ask(1_001 + i, 50_001 + i);
        }
        Predicate<Arrival> isLaterRead = arrival -> arrival.isRead() && arrival.attempt() > 1;
        night.sandbox.faults(FaultPlan.always(isOnParent().and(isLaterRead.or(Arrival::isNote)), Fault.NOT_FOUND_404));
        return night;
    }

    private static Predicate<Arrival> isOnParent() {
        return arrival -> arrival.path().startsWith("/conversations/10");
    }
}
