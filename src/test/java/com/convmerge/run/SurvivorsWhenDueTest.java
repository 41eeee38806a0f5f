package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Route;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A survivor is looked at once in a run, when the first request is about to be merged into it, and not before. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class SurvivorsWhenDueTest {
    private static final int SHARED = 60;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_run_with_a_limit_looks_at_the_survivors_of_the_requests_that_it_takes_and_at_no_others() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            for (int i = 0; i < 30; i++) {
                night.ask(1_001 + i, 50_001 + i);
            }

            assertThat(night.run(7L).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(looks(night)).hasSize(7).doesNotHaveDuplicates();
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 7L, "PENDING", 23L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_night_takes_three_calls_for_each_duplicate_and_two_for_each_survivor() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(SHARED);

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            List<String> survivors = looks(night);
            assertThat(survivors).doesNotHaveDuplicates();
            assertThat(night.sandbox.calls())
                    .filteredOn(call -> call.conversationId().isPresent())
                    .hasSize(3 * SHARED + 2 * survivors.size());
        }
    }

    @Test
    void a_survivor_that_is_missing_is_asked_for_once_and_not_for_each_of_its_duplicates() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            askInto(night, 9);
            night.ask(10, 11);
            night.sandbox.workspace().removeConversation("9");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(looks(night)).filteredOn("9"::equals).hasSize(1);
            assertThat(night.standings()).isEqualTo(Map.of("FAILED", (long) SHARED, "MERGED", 1L));
            assertThat(night.writesSince(0)).noneMatch(call -> call.path().contains("/500"));
        }
    }

    @Test
    void a_survivor_that_is_refused_or_fails_is_the_trouble_of_its_own_duplicates() {
        for (Fault fault : List.of(Fault.FORBIDDEN_PLAN_403, Fault.UNAVAILABLE_503_BEFORE)) {
            try (BatchFixture night = BatchFixture.on(kind.create())) {
                askInto(night, 9);
                for (int i = 0; i < SHARED; i++) {
                    night.ask(10, 60_001 + i);
                }
                night.sandbox.faults(FaultPlan.always(isLookAt("9"), fault));

                RunEnd end = night.run();

                assertThat(end.kind()).as("%s: %s", fault, end.message()).isEqualTo(RunEnd.Kind.COMPLETED);
                assertThat(night.standings()).as("%s", fault).isEqualTo(Map.of("RETRY", 60L, "MERGED", 60L));
                assertThat(looks(night)).filteredOn("9"::equals).hasSizeLessThanOrEqualTo(4);
                assertThat(night.sandbox.calls())
                        .as("questions about the token, not one for each request")
                        .filteredOn(call -> call.arrival().route() == Route.ME)
                        .hasSizeLessThanOrEqualTo(2 + BatchFixture.WORKERS);
            }
        }
    }

    /** Their requests are filed all at once, which once waited for connections that waited for them. */
    @Test
    void many_requests_that_fail_at_the_same_moment_do_not_wait_for_each_other() {
        try (BatchFixture night = BatchFixture.on(kind.create(), "spring.datasource.hikari.maximum-pool-size=6")) {
            for (int i = 0; i < 2 * SHARED; i++) {
                night.ask(9 + i % 4, 50_001 + i);
                night.ask(20 + i % 7, 60_001 + i);
            }
            night.sandbox.faults(FaultPlan.always(
                    isLookAt("9").or(isLookAt("10")).or(isLookAt("11")).or(isLookAt("12")),
                    Fault.UNAVAILABLE_503_BEFORE));

            RunEnd end = night.run();

            assertThat(end.kind()).as(end.message()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("RETRY", 120L, "MERGED", 120L));
        }
    }

    @Test
    void the_requests_into_a_closed_survivor_are_rejected_where_the_settings_say_so() {
        try (BatchFixture night = BatchFixture.on(kind.create(), "convmerge.closed-parent=reject")) {
            askInto(night, 9);
            night.ask(10, 11);
            night.sandbox.workspace().close("9");

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(looks(night)).filteredOn("9"::equals).hasSize(1);
            assertThat(night.standings()).isEqualTo(Map.of("REJECTED", (long) SHARED, "MERGED", 1L));
            assertThat(night.jdbc
                            .sql("SELECT DISTINCT status_detail FROM merge_request WHERE status = 'REJECTED'")
                            .query(String.class)
                            .list())
                    .containsExactly("parent 9 is closed (convmerge.closed-parent=reject)");
        }
    }

    private static void askInto(BatchFixture night, long survivor) {
        for (int i = 0; i < SHARED; i++) {
            night.ask(survivor, 50_001 + i);
        }
    }

    private static Predicate<Arrival> isLookAt(String conversation) {
        return arrival -> arrival.isRead() && arrival.isFor(conversation);
    }

    /** The conversations that were read, as often as they were. Nothing else is read in a night without trouble. */
    private static List<String> looks(BatchFixture night) {
        return night.sandbox.calls().stream()
                .filter(call -> call.arrival().isRead())
                .map(Call::conversationId)
                .flatMap(Optional::stream)
                .toList();
    }
}
