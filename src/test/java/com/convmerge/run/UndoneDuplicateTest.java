package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.undo.UndoOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an undo makes of a duplicate: what it was before the merge, unless somebody has acted on it since. */
class UndoneDuplicateTest extends UndoneNight {
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
}
