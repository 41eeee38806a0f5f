package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.undo.UndoOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Merges are taken back: everybody who was told of the merge is told of that, once, whatever gets lost on the way. */
class UndoTest extends UndoneNight {
    private static final Set<Fault> IN_DOUBT = EnumSet.of(
            Fault.DROP_BEFORE,
            Fault.DROP_AFTER,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_BEFORE,
            Fault.BROKEN_JSON_AFTER,
            Fault.REQUEST_TIMEOUT_408_AFTER);

    @Test
    void a_night_is_taken_back_and_everybody_is_told_once_by_whom_and_why() throws IOException {
        try (BatchFixture night = merged(7)) {
            RunEnd end = undo(night, ofRun(1));

            assertThat(end.kind()).as(end.message()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 7L));
            for (int i = 0; i < 7; i++) {
                assertUndone(night, 50_001 + i);
            }
            for (long survivor : List.of(1_001L, 1_002L, 1_003L)) {
                List<String> notes = night.conversation(survivor).noteBodies();
                assertThat(notes).hasSize(2);
                assertThat(notes.get(1)).contains("taken back", "wrong &lt;list&gt;", "asked by ines", "ref cmu");
            }
            RunRecord record = night.part(RunRecords.class).find(2).orElseThrow();
            assertThat(record.kind()).isEqualTo(RunRecord.Kind.UNDO);
            assertThat(record.summary().undone()).isEqualTo(7);
            assertThat(report(night, 2)).contains("run 2 (undo)", "7  taken back");
            assertThat(night.part(RunRecords.class)
                            .find(1)
                            .orElseThrow()
                            .summary()
                            .merged())
                    .as("what the night did stays as it was")
                    .isEqualTo(7);

            long before = night.sandbox.callCount();
            undo(night, ofRun(1));
            assertThat(night.writesSince(before))
                    .as("nothing is taken back twice")
                    .isEmpty();
        }
    }

    @Test
    void what_was_taken_back_may_be_asked_for_again_and_is_merged_with_a_note_of_its_own() {
        try (BatchFixture night = merged(3)) {
            undo(night, ofRun(1));
            night.ask(1_001, 50_001);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            ConversationView duplicate = night.conversation(50_001);
            assertThat(duplicate.state()).isEqualTo("closed");
            assertThat(duplicate.tagNames()).containsExactly(BatchFixture.TAG);
            assertThat(duplicate.notes()).hasSize(3);
            assertThat(night.conversation(1_001).notes())
                    .as("the survivor is told again")
                    .hasSize(3);
            undo(night, new UndoOrder(null, List.of(), ConversationId.of(1_001), null, null, false));
            assertThat(night.conversation(50_001).state()).isEqualTo("open");
            assertThat(night.conversation(50_001).notes()).hasSize(4);
            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 4L));
        }
    }

    @Test
    void after_an_undo_a_run_that_verifies_writes_the_note_of_the_new_request() {
        try (BatchFixture night = merged(1)) {
            undo(night, ofRun(1));
            long again = night.ask(1_001, 50_001);

            night.run(new RunOptions(null, null, true, true));

            assertThat(night.status(again)).isEqualTo("MERGED");
            assertThat(night.conversation(50_001).noteBodies())
                    .filteredOn(body -> body.contains("ref cmd"))
                    .as("one note for each time it was merged")
                    .hasSize(2);
            assertThat(night.conversation(1_001).noteBodies())
                    .filteredOn(body -> body.contains("ref cmp"))
                    .hasSize(2);
        }
    }

    @Test
    void whatever_gets_lost_or_comes_late_each_is_taken_back_once() {
        try (BatchFixture night = merged(40)) {
            night.sandbox.faults(FaultPlan.random(7, 0.15, IN_DOUBT));
            night.sandbox.lateEffects(DelayPlan.random(8, 0.1, Duration.ofSeconds(20)));

            for (int tries = 0; tries < 12 && !night.standings().equals(Map.of("UNDONE", 40L)); tries++) {
                night.clock.advance(Duration.ofHours(1));
                undo(night, ofRun(tries == 0 ? 1 : lastRun(night)));
            }

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 40L));
            for (int i = 0; i < 40; i++) {
                assertUndone(night, 50_001 + i);
            }
        }
    }

    @Test
    void an_undo_that_is_refused_for_one_leaves_that_one_merged_and_can_be_asked_for_again() throws IOException {
        try (BatchFixture night = merged(3)) {
            night.sandbox.faults(FaultPlan.always(
                    arrival -> arrival.isUntag() && arrival.path().contains("/50002/"), Fault.UNPROCESSABLE_422));

            assertThat(undo(night, ofRun(1)).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 2L, "MERGED", 1L));
            assertThat(report(night, 2)).contains("1  not taken back", "request 2 (50002 into 1001): not taken back");
            night.sandbox.faults(FaultPlan.none());
            undo(night, ofRun(2));
            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 3L));
            assertUndone(night, 50_002);
        }
    }

    @Test
    void an_undo_that_was_stopped_goes_on_with_a_restart() {
        try (BatchFixture night = merged(30)) {
            night.sandbox.faults(FaultPlan.always(Arrival::isOpen, Fault.UNAUTHORIZED_401));
            assertThat(undo(night, ofRun(1)).kind()).isEqualTo(RunEnd.Kind.FAILED);
            night.sandbox.faults(FaultPlan.none());

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 30L));
            for (int i = 0; i < 30; i++) {
                assertUndone(night, 50_001 + i);
            }
            assertThat(night.part(RunRecords.class).find(2).orElseThrow().restarts())
                    .isEqualTo(1);
        }
    }
}
