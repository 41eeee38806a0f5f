package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.convmerge.apply.Preflight;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.preview.DryRun;
import com.convmerge.preview.DryRunPlan;
import com.convmerge.preview.DryRunPlan.Line;
import com.convmerge.preview.DryRunPlan.Result;
import com.convmerge.retries.Retries;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run reads before its first write, and what a dry run shows of it, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class LookFirstTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_dry_run_shows_what_a_run_does_and_writes_nothing() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            long into = night.ask(1, 11);
            long chained = night.ask(11, 12);
            long self = night.ask(13, 13);
            long twin = night.ask(1, 11);
            long orphan = night.askOnly(404, 11 + 3);
            night.sandbox.workspace().addConversation("14");
            Map<String, List<Map<String, Object>>> before = rows(night);

            DryRunPlan plan = night.part(DryRun.class).plan(null);

            assertThat(night.sandbox.calls()).noneMatch(call -> call.route().isWriting());
            assertThat(rows(night)).isEqualTo(before);
            assertThat(plan.lines())
                    .extracting(Line::requestId, Line::outcome, Line::survivor)
                    .containsExactly(
                            tuple(into, Result.MERGE, "1"),
                            tuple(chained, Result.MERGE, "1"),
                            tuple(self, Result.REJECT, null),
                            tuple(twin, Result.SAME_AS, null),
                            tuple(orphan, Result.PARENT_CHECK_FAILS, null));
            // The identity, the tag and what is snoozed; two survivors; three calls for each of two merges; one note on
            // a
            // survivor.
            assertThat(plan.calls()).isEqualTo(3 + 2 + 6 + 1);
            assertThat(plan.survivors()).isEqualTo(1);
            assertThat(plan.notes()).as("two on duplicates, one on a parent").hasSize(3);
            assertThat(plan.notes().get(1).html()).contains("conversation/1\"", "by way of", "conversation/11\"");

            night.run();

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 3L, "REJECTED", 1L, "FAILED", 1L));
            // The plan itself makes three; a run may look at another survivor before it believes that one is gone.
            assertThat(night.sandbox.callCount() - 3).isBetween(plan.calls(), plan.calls() + 1);
        }
    }

    @Test
    void a_dry_run_knows_what_a_limit_leaves_and_how_long_the_calls_take() {
        try (BatchFixture night = BatchFixture.on(kind.create(), setup -> setup.rateLimit(100))) {
            night.askMany(30);

            DryRunPlan plan = night.part(DryRun.class).plan(20L);

            assertThat(plan.counts())
                    .containsEntry(Result.MERGE, 20L)
                    .containsEntry(Result.LEFT, 10L)
                    .containsEntry(Result.REJECT, 0L);
            assertThat(plan.callsAWindow()).isEqualTo(100);
            // 3 + 10 survivors + 60 for the merges + 7 notes on survivors, at 99 calls in ten seconds.
            assertThat(plan.calls()).isEqualTo(80);
            assertThat(plan.takes()).isBetween(Duration.ofMillis(8_000), Duration.ofMillis(8_200));
        }
    }

    @Test
    void a_dry_run_that_intercom_refuses_says_so() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(1, 11);
            night.sandbox.revokeToken();

            assertThatThrownBy(() -> night.part(DryRun.class).plan(null))
                    .isInstanceOf(Preflight.Refused.class)
                    .hasMessageContaining("401");
        }
    }

    @Test
    void what_waits_and_is_not_due_is_no_part_of_the_plan() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(1, 11);
            long waiting = night.ask(2, 21);
            Failure failure = Failure.withoutAnswer(FailureKind.NOT_SENT, "no_connection", "refused");
            night.part(Retries.class).file(waiting, OperationKind.NOTE, failure, 1);

            assertThat(night.part(DryRun.class).plan(null).lines())
                    .extracting(Line::duplicate)
                    .containsExactly("11");
        }
    }

    @Test
    void a_closed_survivor_is_merged_into_unless_a_setting_says_otherwise() {
        try (BatchFixture night = nightWithClosedSurvivor()) {
            night.run();

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 2L));
            assertThat(night.conversation(1).state()).isEqualTo("closed");
        }
    }

    @Test
    void a_closed_survivor_is_reopened_once_if_a_setting_says_so() {
        try (BatchFixture night = nightWithClosedSurvivor("convmerge.closed-parent=reopen")) {
            night.run();

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 2L));
            assertThat(night.conversation(1).state()).isEqualTo("open");
            assertThat(night.conversation(1).partsOf("open")).hasSize(1);
            assertThat(night.jdbc
                            .sql("SELECT state FROM merge_operation WHERE operation = 'REOPEN'")
                            .query(String.class)
                            .list())
                    .containsExactly("DONE");
        }
    }

    @Test
    void requests_into_a_closed_survivor_are_rejected_if_a_setting_says_so() {
        try (BatchFixture night = nightWithClosedSurvivor("convmerge.closed-parent=reject")) {
            assertThat(night.part(DryRun.class).plan(null).counts())
                    .containsEntry(Result.REJECT, 2L)
                    .containsEntry(Result.MERGE, 0L);

            night.run();

            assertThat(night.standings()).isEqualTo(Map.of("REJECTED", 2L));
            assertThat(night.conversation(11).notes()).isEmpty();
            assertThat(night.jdbc
                            .sql("SELECT DISTINCT status_detail FROM merge_request")
                            .query(String.class)
                            .list())
                    .containsExactly("parent 1 is closed (convmerge.closed-parent=reject)");
        }
    }

    @Test
    void survivors_that_were_found_are_not_read_again_after_a_restart() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(9);
            night.sandbox.faults(FaultPlan.always(Arrival::isNote, Fault.UNAUTHORIZED_401));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.FAILED);
            night.sandbox.faults(FaultPlan.none());
            long before = night.sandbox.callCount();

            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.sandbox.calls().stream()
                            .skip(before)
                            .filter(call ->
                                    call.method().equals("GET") && call.path().contains("/conversations/100")))
                    .isEmpty();
        }
    }

    @Test
    void what_changed_since_it_was_asked_for_is_done_as_the_readme_says() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.sandbox.workspace().addConversation("11", "closed");
            night.sandbox.workspace().addConversation("12", "snoozed");
            night.ask(1, 11);
            night.ask(1, 12);
            long gone = night.ask(1, 13);
            night.sandbox.workspace().removeConversation("13");
            // Conversation 21 is the survivor of an earlier run; a new request merges it into conversation 1.
            night.ask(21, 22);
            night.run();
            night.ask(1, 21);
            night.run();

            assertThat(night.conversation(11).closes()).isZero();
            assertThat(night.conversation(11).notes()).hasSize(1);
            assertThat(night.conversation(12).state()).isEqualTo("closed");
            assertThat(night.status(gone)).isEqualTo("FAILED");
            assertThat(night.conversation(21).state()).isEqualTo("closed");
            assertThat(night.conversation(21).noteBodies())
                    .anySatisfy(note -> assertThat(note).contains("/22\""))
                    .anySatisfy(note -> assertThat(note).contains("/1\""));
        }
    }

    @Test
    void a_chain_that_was_begun_a_month_ago_links_to_its_last_survivor() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.ask(3, 2);
            night.run();
            night.clock.advance(Duration.ofDays(30));
            night.ask(2, 1);
            night.run();

            assertThat(night.conversation(1).noteBodies())
                    .singleElement()
                    .asString()
                    .contains("conversation/3\"", "by way of", "conversation/2\"");
        }
    }

    private BatchFixture nightWithClosedSurvivor(String... settings) {
        BatchFixture night = BatchFixture.on(kind.create(), settings);
        night.sandbox.workspace().addConversation("1", "closed");
        night.ask(1, 11);
        night.ask(1, 12);
        return night;
    }

    private static Map<String, List<Map<String, Object>>> rows(BatchFixture night) {
        return Stream.of(
                        "merge_request",
                        "merge_operation",
                        "merge_retry",
                        "merge_run_lock",
                        "merge_workspace",
                        "batch_job_instance",
                        "batch_job_execution")
                .collect(Collectors.toMap(
                        table -> table,
                        table ->
                                night.jdbc.sql("SELECT * FROM " + table).query().listOfRows()));
    }
}
