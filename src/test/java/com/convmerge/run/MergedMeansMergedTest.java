package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.atFirst;
import static com.convmerge.run.NoteInDoubt.calls;
import static com.convmerge.run.NoteInDoubt.stop;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.AnswerPlan;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.DelayPlan;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.WrongAnswer;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request is MERGED only if Intercom's answers show it, and only into a parent that was there lately. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class MergedMeansMergedTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private static final long ODD = 50_002;

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void a_conversation_in_a_state_that_nobody_knows_waits_in_the_retry_table_and_the_others_are_merged(
            DatabaseKind kind) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(20);
            night.sandbox.answers(AnswerPlan.always(on(ODD), WrongAnswer.state("abcdefghijklmnopqrstuvwxyz")));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 19L, "RETRY", 1L));
            assertThat(detail(night)).contains("shows the conversation as abcdefghijklmnopqrs…");
        }
    }

    @Test
    void a_duplicate_that_a_workflow_opens_again_at_once_is_not_merged_and_closed_once_a_night() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.workspace().workflowReopens("" + ODD, true);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 9L, "RETRY", 1L));
            assertThat(calls(night, on(ODD).and(Arrival::isClose))).hasSize(1);
            assertThat(detail(night))
                    .isEqualTo(
                            "close in doubt: 200 not_as_answered: Intercom accepted it, but shows the conversation as"
                                    + " open: something there, such as a workflow, may have changed it back");
            night.sandbox.workspace().workflowReopens("" + ODD, false);
            night.clock.advance(Duration.ofHours(1));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            assertThat(written(night, ODD)).hasSize(1);
        }
    }

    @Test
    void a_close_whose_answer_is_wrong_is_looked_for_and_counts() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.answers(AnswerPlan.always(on(ODD).and(Arrival::isClose), WrongAnswer.state("open")));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_tag_whose_answer_names_another_tag_is_looked_for_and_counts() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.answers(AnswerPlan.always(on(ODD).and(Arrival::isTag), WrongAnswer.tagId("77")));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_tag_that_was_accepted_and_is_not_there_when_the_close_is_answered_is_not_merged() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.lateEffects(DelayPlan.always(on(ODD).and(Arrival::isTag), Duration.ofDays(999)));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 9L, "RETRY", 1L));
            assertThat(detail(night))
                    .isEqualTo(
                            "tag in doubt: 200 not_as_answered: Intercom accepted the tag, but the conversation does not"
                                    + " show it");
            night.sandbox.lateEffects(DelayPlan.none());
            night.clock.advance(Duration.ofHours(1));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_note_that_its_answer_does_not_show_is_looked_for_at_once() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.answers(AnswerPlan.always(on(ODD).and(Arrival::isNote), WrongAnswer.withoutNewestNote()));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_note_that_was_accepted_and_is_not_there_is_not_merged() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            // The first note of a run must show, or no further one leaves.
            Predicate<Arrival> isOfSecond = ofTheSecondNoted();
            night.sandbox.answers(AnswerPlan.always(
                    isOfSecond.and(arrival -> arrival.isNote() || arrival.isRead()), WrongAnswer.withoutNewestNote()));

            assertThat(night.run(NoteInDoubt.NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 9L, "RETRY", 1L));
            assertThat(LongStream.rangeClosed(50_001, 50_010)
                            .mapToObj(id -> night.conversation(id).state())
                            .filter("open"::equals))
                    .hasSize(1);
            night.sandbox.answers(AnswerPlan.none());
            night.clock.advance(Duration.ofHours(1));
            night.run();
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L));
            Invariants.hold(night);
        }
    }

    /** What is about the conversation that got the second note. */
    private static Predicate<Arrival> ofTheSecondNoted() {
        List<String> noted = Collections.synchronizedList(new ArrayList<>());
        return arrival -> {
            if (arrival.isNote()) {
                noted.add(arrival.conversation());
            }
            return noted.size() > 1 && arrival.isFor(noted.get(1));
        };
    }

    @Test
    void a_conversation_that_takes_note_and_tag_and_refuses_the_close_is_given_up_with_the_reason() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(10);
            night.sandbox.faults(FaultPlan.always(on(ODD).and(Arrival::isClose), Fault.UNPROCESSABLE_422));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 9L, "FAILED", 1L));
            assertThat(detail(night)).startsWith("close refused: 422 parameter_invalid");
            assertThat(night.conversation(ODD).tagNames()).containsExactly(BatchFixture.TAG);
            assertThat(Invariants.listed(night.conversation(1_001))).doesNotContainKey("" + ODD);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void a_restart_looks_again_for_parents_that_were_found_long_ago(DatabaseKind kind) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(90);
            night.sandbox.faults(atFirst(Arrival::isNote, () -> stop(night)));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.STOPPED);
            night.sandbox.faults(FaultPlan.none());
            long waiting =
                    night.number("SELECT MAX(duplicate_conversation_id) FROM merge_request WHERE status = 'PENDING'");
            long parent = 1_001 + (waiting - 50_001) / 3;
            night.sandbox.workspace().removeConversation("" + parent);
            night.clock.advance(Duration.ofMinutes(10));

            try (BatchFixture next = night.again()) {
                assertThat(next.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }

            assertThat(night.standings()).containsOnlyKeys("MERGED", "FAILED");
            assertThat(detail(night)).startsWith("parent check not found: 404 parent_not_found: for parent " + parent);
            assertThat(written(night, waiting)).isEmpty();
            assertThat(night.conversation(waiting).state()).isEqualTo("open");
        }
    }

    private static String detail(BatchFixture night) {
        return night.jdbc
                .sql("SELECT DISTINCT status_detail FROM merge_request WHERE status <> 'MERGED'")
                .query(String.class)
                .single();
    }

    private static Predicate<Arrival> on(long conversation) {
        return arrival -> arrival.isFor(Long.toString(conversation));
    }
}
