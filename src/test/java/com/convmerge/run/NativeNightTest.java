package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.NewConversation;
import com.convmerge.sandbox.Quirk;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import com.convmerge.testing.RequestTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nights in which Intercom's own merge is used, for all requests or for some. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class NativeNightTest {
    private static final String NATIVE = "convmerge.strategy=native";
    private static final String THEN_LINK = "convmerge.strategy=native-then-link";
    private static final String FINAL = "by Intercom's own merge, which cannot be taken back";

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_night_merges_all_pairs_natively_chains_included_and_tells_each_survivor_once() {
        try (BatchFixture night = BatchFixture.on(kind.create(), NATIVE)) {
            night.askMany(6);
            night.ask(1_001, 70_001);
            night.ask(70_001, 70_002);

            assertCompleted(night.run());

            assertThat(night.standings()).containsOnlyKeys("MERGED");
            assertThat(night.conversation(70_002).mergedInto()).isEqualTo("1001");
            assertThat(notesOfOurs(night, 1_001)).singleElement().asString().contains("70001", "70002", FINAL);
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation WHERE operation = 'CLOSE'"))
                    .isZero();
            long calls = night.sandbox.callCount();
            assertCompleted(night.run());
            assertThat(night.writesSince(calls)).isEmpty();
        }
    }

    @Test
    void the_column_of_a_request_overrides_the_setting_and_the_survivors_note_tells_both_kinds_apart() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            RequestTable table = new RequestTable(night.database);
            table.set(night.ask(1_001, 50_001), "strategy", "native");
            table.set(night.ask(1_001, 50_002), "strategy", " Link ");
            night.ask(1_001, 50_003);

            assertCompleted(night.run());

            assertThat(night.conversation(50_001).mergedInto()).isEqualTo("1001");
            assertThat(night.conversation(50_002).mergedInto()).isNull();
            assertThat(night.conversation(50_003).state()).isEqualTo("closed");
            String note = notesOfOurs(night, 1_001).get(0);
            assertThat(note.split("</li>"))
                    .filteredOn(line -> line.contains(FINAL))
                    .singleElement()
                    .asString()
                    .contains("50001");
        }
    }

    @Test
    void the_survivors_note_says_how_it_was_merged_and_not_how_it_was_asked_for() {
        try (BatchFixture night = BatchFixture.on(kind.create(), THEN_LINK)) {
            night.ask(1_001, 50_001);
            night.sandbox
                    .workspace()
                    .addConversation(NewConversation.of("50002").asTicket("Tracker"));
            night.askOnly(1_001, 50_002);

            assertCompleted(night.run());

            assertThat(night.standings()).containsOnlyKeys("MERGED");
            assertThat(night.conversation(50_002).state()).isEqualTo("closed");
            assertThat(notesOfOurs(night, 1_001).get(0).split("</li>"))
                    .filteredOn(line -> line.contains(FINAL))
                    .singleElement()
                    .asString()
                    .contains("50001");
        }
    }

    @Test
    void an_unknown_strategy_is_rejected_before_anything_is_sent_for_it() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            RequestTable table = new RequestTable(night.database);
            long id = night.ask(1_001, 50_001);
            table.set(id, "strategy", "nativ");
            night.ask(1_002, 50_002);

            night.run();

            assertThat(night.status(id)).isEqualTo("REJECTED");
            assertThat(table.detail(id))
                    .isEqualTo("strategy is \"nativ\"; expected link, native, native-then-link, or nothing");
            assertThat(night.conversation(50_001).parts()).isEmpty();
            assertThat(night.standings()).containsEntry("MERGED", 1L);
        }
    }

    @Test
    void tickets_without_the_right_to_merge_them_fail_one_by_one_and_the_night_goes_on() {
        try (BatchFixture night =
                BatchFixture.on(kind.create(), setup -> setup.quirks(Quirk.TICKETS_NOT_IN_SCOPE), NATIVE)) {
            for (int i = 0; i < 60; i++) {
                night.sandbox
                        .workspace()
                        .addConversation(NewConversation.of("" + (60_001 + i)).asTicket("Customer"));
                night.ask(1_001, 60_001 + i);
            }

            assertCompleted(night.run());

            assertThat(night.standings()).isEqualTo(Map.of("FAILED", 60L));
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry WHERE operation = 'MERGE_NATIVE'"
                            + " AND http_status = 403 AND next_attempt_at IS NULL"))
                    .isEqualTo(60);
        }
    }

    @Test
    void what_was_merged_away_and_is_not_there_any_more_is_no_sign_that_nothing_is() {
        try (BatchFixture night = BatchFixture.on(
                kind.create(), setup -> setup.quirks(Quirk.MERGED_IS_NOT_FOUND), NATIVE, "convmerge.concurrency=1")) {
            night.ask(1_001, 50_001);
            for (int i = 0; i < 60; i++) {
                night.askOnly(1_001, 60_001 + i);
            }

            assertCompleted(night.run());

            assertThat(night.standings()).containsEntry("MERGED", 1L).containsEntry("FAILED", 60L);
        }
    }

    @Test
    void merges_in_doubt_are_settled_within_the_night() {
        try (BatchFixture night = BatchFixture.on(
                kind.create(),
                setup -> setup.quirks(Quirk.MERGED_REDIRECTS)
                        .faults(FaultPlan.on(
                                Arrival::isMerge, Fault.DROP_AFTER, Fault.ERROR_500_BEFORE, Fault.BROKEN_JSON_AFTER)),
                NATIVE)) {
            night.askMany(6);

            assertCompleted(night.run());

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 6L));
            assertThat(notesOfOurs(night, 1_001)).hasSize(1);
        }
    }

    @Test
    void a_merged_request_that_somebody_sets_back_is_neither_merged_nor_told_again() {
        try (BatchFixture night =
                BatchFixture.on(kind.create(), setup -> setup.quirks(Quirk.MERGED_IS_NOT_FOUND), NATIVE)) {
            long id = night.ask(1_001, 50_001);
            night.run();
            RequestTable table = new RequestTable(night.database);
            table.set(id, "status", "PENDING");
            table.set(id, "parent_note_key", null);
            long calls = night.sandbox.callCount();

            assertCompleted(night.run());

            assertThat(night.status(id)).isEqualTo("MERGED");
            assertThat(night.writesSince(calls)).isEmpty();
        }
    }

    @Test
    void what_was_merged_into_a_conversation_does_not_keep_it_from_being_merged_the_night_after() {
        try (BatchFixture night = BatchFixture.on(kind.create(), NATIVE)) {
            night.ask(1_001, 50_001);
            night.run();
            long id = night.ask(1_002, 1_001);

            assertCompleted(night.run());

            assertThat(night.status(id)).isEqualTo("MERGED");
            assertThat(notesOfOurs(night, 1_002)).hasSize(2);
        }
    }

    @Test
    void a_note_that_has_moved_into_a_duplicate_is_not_taken_for_its_own_by_a_run_that_verifies() {
        try (BatchFixture night = BatchFixture.on(kind.create(), NATIVE)) {
            night.ask(1_001, 50_001);
            night.run();
            long id = night.ask(1_002, 1_001);

            assertCompleted(night.run(new RunOptions(null, null, true, true)));

            assertThat(night.status(id)).isEqualTo("MERGED");
            assertThat(night.sandbox.workspace().notesWritten("1001")).hasSize(2);
        }
    }

    private static void assertCompleted(RunEnd end) {
        assertThat(end.kind()).as(end.toString()).isEqualTo(RunEnd.Kind.COMPLETED);
    }

    /** The bodies of the notes on survivors that a conversation shows, its own and those that have moved into it. */
    private static List<String> notesOfOurs(BatchFixture night, long conversation) {
        return night.conversation(conversation).noteBodies().stream()
                .filter(body -> body.contains("ref cmp"))
                .toList();
    }
}
