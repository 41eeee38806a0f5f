package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.ConversationId;
import com.convmerge.requests.CheckedSurvivors;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.ConversationView;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The notes that a run writes on survivors. */
class SurvivorNotesOfANightTest {
    private static final long SURVIVOR = 1;
    private static final int DUPLICATES = 230;

    @Test
    void a_survivor_gets_one_note_that_lists_all_that_was_merged_into_it() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(30);

            night.run();

            for (int i = 0; i < 10; i++) {
                ConversationView survivor = night.conversation(1_001 + i);
                assertThat(survivor.noteBodies()).hasSize(1);
                assertThat(Invariants.listed(survivor)).hasSize(3);
                assertThat(survivor.state()).isEqualTo("open");
            }
        }
    }

    @Test
    void a_note_lists_a_hundred_duplicates_at_most_and_further_notes_the_rest() {
        try (BatchFixture night = nightWithOneSurvivor()) {
            night.run();

            assertThat(linksInEachNote(night)).containsExactly(100, 100, 30);
            assertEachIsListedOnce(night);
        }
    }

    @Test
    void a_run_that_broke_off_among_the_notes_goes_on_with_those_that_are_missing() {
        try (BatchFixture night = nightWithOneSurvivor()) {
            night.sandbox.faults(arrival -> isNoteOnSurvivor(arrival)
                            && night.conversation(SURVIVOR).notes().size() == 1
                    ? java.util.Optional.of(Fault.UNAUTHORIZED_401)
                    : java.util.Optional.empty());
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) DUPLICATES));
            assertThat(linksInEachNote(night)).containsExactly(100);
            night.sandbox.faults(FaultPlan.none());

            try (BatchFixture restarted = night.again()) {
                assertThat(restarted.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }

            assertThat(linksInEachNote(night)).containsExactlyInAnyOrder(100, 100, 30);
            assertEachIsListedOnce(night);
        }
    }

    @Test
    void a_note_left_in_doubt_is_found_by_the_next_run_and_not_written_again() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.ask(SURVIVOR, 2);
            night.sandbox.faults(FaultPlan.on(SurvivorNotesOfANightTest::isNoteOnSurvivor, Fault.DROP_AFTER)
                    .and(arrival -> arrival.isRead()
                                    && arrival.isFor("1")
                                    && !night.conversation(SURVIVOR).notes().isEmpty()
                            ? java.util.Optional.of(Fault.ERROR_500_BEFORE)
                            : java.util.Optional.empty()));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(unsettledNotes(night)).isEqualTo(1);
            night.sandbox.faults(FaultPlan.none());

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.conversation(SURVIVOR).noteBodies()).hasSize(1);
            assertThat(unsettledNotes(night)).isZero();
        }
    }

    @Test
    void a_later_run_lists_only_new_merges() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.ask(SURVIVOR, 2);
            night.run();
            night.ask(SURVIVOR, 3);
            night.run();

            assertThat(linksInEachNote(night)).containsExactly(1, 1);
            assertThat(Invariants.listed(night.conversation(SURVIVOR))).containsOnlyKeys("2", "3");
        }
    }

    @Test
    void no_survivor_gets_a_note_when_such_notes_are_turned_off_nor_later_when_they_are_on_again() {
        try (BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.notify-parents=false")) {
            night.ask(SURVIVOR, 2);
            night.run();
            try (BatchFixture later = night.again()) {
                later.run();
            }

            assertThat(night.conversation(SURVIVOR).notes()).isEmpty();
            assertThat(night.conversation(2).notes()).hasSize(1);
        }
    }

    /** A survivor without any note whose merges were done by an earlier run. */
    private static BatchFixture nightWithOneSurvivor() {
        BatchFixture night = BatchFixture.on(Databases.h2());
        night.sandbox.workspace().addConversation(Long.toString(SURVIVOR));
        for (int i = 0; i < DUPLICATES; i++) {
            night.askOnly(SURVIVOR, 50_001 + i);
        }
        night.jdbc
                .sql("UPDATE merge_request SET status = 'MERGED', survivor_conversation_id = :survivor")
                .param("survivor", Long.toString(SURVIVOR))
                .update();
        night.part(CheckedSurvivors.class).found(ConversationId.of(SURVIVOR), night.clock.instant());
        return night;
    }

    private static void assertEachIsListedOnce(BatchFixture night) {
        assertThat(Invariants.listed(night.conversation(SURVIVOR)))
                .hasSize(DUPLICATES)
                .allSatisfy(
                        (duplicate, times) -> assertThat(times).as(duplicate).isEqualTo(1));
    }

    private static boolean isNoteOnSurvivor(Arrival arrival) {
        return arrival.isNote() && arrival.isFor(Long.toString(SURVIVOR));
    }

    private static List<Integer> linksInEachNote(BatchFixture night) {
        return night.conversation(SURVIVOR).noteBodies().stream()
                .map(note -> note.split("/conversation/", -1).length - 1)
                .toList();
    }

    private static long unsettledNotes(BatchFixture night) {
        return night.number("SELECT COUNT(*) FROM merge_operation WHERE operation = 'PARENT_NOTE' AND state <> 'DONE'");
    }
}
