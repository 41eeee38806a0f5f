package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.report.ReportFiles;
import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.undo.UndoOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Merges are taken back: each duplicate is as it was, and everybody who was told of the merge is told of that, once. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class UndoTest {
    private static final Set<Fault> IN_DOUBT = EnumSet.of(
            Fault.DROP_BEFORE,
            Fault.DROP_AFTER,
            Fault.ERROR_500_AFTER,
            Fault.HTML_502_BEFORE,
            Fault.BROKEN_JSON_AFTER,
            Fault.REQUEST_TIMEOUT_408_AFTER);

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

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
    void what_somebody_has_acted_on_since_is_left_as_it_is_and_the_reason_said() throws IOException {
        try (BatchFixture night = merged(5)) {
            night.sandbox.workspace().open("50001");
            night.sandbox.workspace().open("50002");
            night.sandbox.workspace().close("50002");
            night.sandbox.workspace().writeNote("50003", "<p>Called the customer.</p>");
            night.sandbox.workspace().seedParts("50004", 1);

            assertThat(undo(night, ofRun(1)).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(states(night, 5)).containsExactly("open", "closed", "closed", "closed", "open");
            assertThat(night.conversation(50_002).tagNames()).isEmpty();
            assertThat(report(night, 2))
                    .contains("request 1 (50001 into 1001): it is open already")
                    .contains("request 2 (50002 into 1001): it stays closed: a teammate has acted on it since (open")
                    .contains("request 3 (50003 into 1001): it stays closed: a teammate has acted on it since (note")
                    .contains(
                            "request 4 (50004 into 1002): it stays closed: the customer has acted on it since (comment")
                    .doesNotContain("request 5 ");
        }
    }

    @Test
    void what_was_so_before_the_merge_stays_so() throws IOException {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.sandbox.workspace().addConversation("50001", "closed");
            night.ask(1_001, 50_001);
            night.ask(1_001, 50_002);
            night.sandbox.workspace().tag("50002", BatchFixture.TAG);
            night.run();

            undo(night, ofRun(1));

            assertThat(states(night, 2)).containsExactly("closed", "open");
            assertThat(night.conversation(50_001).tagNames()).isEmpty();
            assertThat(night.conversation(50_002).tagNames()).containsExactly(BatchFixture.TAG);
            assertThat(report(night, 2)).contains("request 1 (50001 into 1001): it was closed before the merge");
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

    @Test
    void a_duplicate_of_a_duplicate_is_not_moved() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            long first = night.ask(1_001, 50_001);
            night.ask(50_001, 50_002);
            night.run();

            undo(night, new UndoOrder(null, List.of(first), null, null, null, false));

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 1L, "MERGED", 1L));
            assertThat(states(night, 2)).containsExactly("open", "closed");
            assertThat(night.conversation(50_002).notes()).hasSize(1);
        }
    }

    @Test
    void requests_for_the_same_pair_are_taken_back_together() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(1_001, 50_001);
            long same = night.ask(1_001, 50_001);
            night.run();
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 2L));

            undo(night, new UndoOrder(null, List.of(same), null, null, null, false));

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 2L));
            assertUndone(night, 50_001);
        }
    }

    @Test
    void the_notes_of_the_merge_lose_their_words_if_that_is_wanted_and_intercom_lets_us() throws IOException {
        try (BatchFixture night = merged(2)) {
            night.sandbox.faults(FaultPlan.always(
                    arrival -> "50002".equals(arrival.conversation())
                            && arrival.path().endsWith("/redact"),
                    Fault.NOT_REDACTABLE_422));

            undo(night, new UndoOrder(1L, List.of(), null, null, null, true));

            assertThat(night.standings()).isEqualTo(Map.of("UNDONE", 2L));
            assertThat(night.conversation(50_001).noteBodies().get(0)).doesNotContain("1001");
            assertThat(night.conversation(50_002).noteBodies().get(0)).contains("1001");
            assertThat(report(night, 2)).contains("request 2 (50002 into 1001): its note keeps its words");
            assertThat(states(night, 2)).containsExactly("open", "open");
        }
    }

    @Test
    void a_merge_that_intercom_made_itself_stays() throws IOException {
        try (BatchFixture night = merged(1)) {
            night.jdbc
                    .sql("UPDATE merge_operation SET operation = 'MERGE_NATIVE' WHERE operation = 'CLOSE'")
                    .update();

            undo(night, ofRun(1));

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 1L));
            assertThat(night.conversation(50_001).notes()).hasSize(1);
            assertThat(report(night, 2)).contains("cannot be taken back");
        }
    }

    @Test
    void a_duplicate_that_was_snoozed_is_snoozed_again_until_the_same_time() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(1_001, 50_001);
            Instant until = night.clock.instant().plus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
            night.sandbox.workspace().snooze("50001", until);
            night.run();
            assertThat(night.conversation(50_001).state()).isEqualTo("closed");

            undo(night, ofRun(1));

            assertThat(night.conversation(50_001).state()).isEqualTo("snoozed");
            assertThat(night.conversation(50_001).snoozedUntil()).isEqualTo(until);
        }
    }

    private BatchFixture merged(int requests) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(requests);
        assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
        return night;
    }

    private static UndoOrder ofRun(long run) {
        return new UndoOrder(run, List.of(), null, "ines", "wrong <list>", false);
    }

    private static RunEnd undo(BatchFixture night, UndoOrder order) {
        night.clock.advance(Duration.ofSeconds(1));
        return night.part(RunLauncher.class).undo(order, RunOptions.ALL, end -> {});
    }

    private static long lastRun(BatchFixture night) {
        return night.part(RunRecords.class).last(1).get(0).id();
    }

    private static void assertUndone(BatchFixture night, long id) {
        ConversationView duplicate = night.conversation(id);
        assertThat(duplicate.state()).as("state of %s", id).isEqualTo("open");
        assertThat(duplicate.tagNames()).as("tags of %s", id).isEmpty();
        assertThat(duplicate.noteBodies()).as("notes on %s", id).hasSize(2).satisfies(notes -> assertThat(notes.get(1))
                .contains("taken back", "ref cmu"));
        String link = "/" + id + "\"";
        @Nullable
        String parent = night.jdbc
                .sql("SELECT MIN(survivor_conversation_id) FROM merge_request WHERE duplicate_conversation_id = :id")
                .param("id", Long.toString(id))
                .query(String.class)
                .single();
        assertThat(night.sandbox
                        .workspace()
                        .conversation(String.valueOf(parent))
                        .noteBodies())
                .filteredOn(body -> body.contains("ref cmu") && body.contains(link))
                .as("notes on the survivor that say that %s was taken back", id)
                .hasSize(1);
    }

    private static List<String> states(BatchFixture night, int duplicates) {
        return java.util.stream.IntStream.range(0, duplicates)
                .mapToObj(i -> night.conversation(50_001 + i).state())
                .toList();
    }

    private static String report(BatchFixture night, long run) throws IOException {
        return Files.readString(night.part(ReportFiles.class).write(run));
    }
}
