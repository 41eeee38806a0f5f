package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.sandbox.Route;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request's trouble is its own, and the run's trouble is nobody's. */
@ParameterizedClass
@MethodSource("com.convmerge.testing.DatabaseKind#forDecisions")
class WhoseFaultTest {
    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    private static final int REQUESTS = 120;

    /** The number of the first call that fails; some merges are done before it. */
    private static final int FROM = 150;

    @Test
    void a_tag_that_is_deleted_in_the_middle_is_made_again_and_no_request_is_given_up() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(40);
            night.sandbox.faults(deletesTheTagAt(night, 10));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 40L));
            for (long duplicate = 50_001; duplicate <= 50_040; duplicate++) {
                assertThat(written(night, duplicate)).hasSize(1);
            }
            assertThat(night.sandbox.workspace().tagNames()).containsExactly(BatchFixture.TAG);
        }
    }

    @Test
    void a_tag_that_is_deleted_again_ends_the_run_and_blames_nobody() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(60);
            night.sandbox.faults(deletesTheTagAt(night, 5).and(deletesTheTagAt(night, 40)));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).startsWith("the tag \"merged-duplicate\" was deleted twice during this run");
            assertThat(night.standings()).containsOnlyKeys("MERGED", "PENDING");
            night.sandbox.faults(FaultPlan.none());
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 60L));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND_404", "REDIRECT_302", "FORBIDDEN_PLAN_403", "ADMIN_NOT_FOUND"})
    void what_every_conversation_answers_from_some_moment_on_ends_the_run_and_blames_nobody(Fault fault) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            night.sandbox.faults(arrival ->
                    arrival.number() >= FROM && ofConversation(arrival) ? Optional.of(fault) : Optional.empty());

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).contains("" + fault.name().replaceAll("[^0-9]", ""));
            assertThat(night.standings()).containsOnlyKeys("MERGED", "PENDING");
            night.sandbox.faults(FaultPlan.none());
            assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_FOUND_404", "REDIRECT_302", "FORBIDDEN_PLAN_403"})
    void what_every_parent_answers_from_the_beginning_ends_the_run_and_blames_nobody(Fault fault) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            for (int i = 0; i < 60; i++) {
                night.ask(1_001 + i, 50_001 + i);
            }
            night.sandbox.faults(FaultPlan.always(WhoseFaultTest::ofConversation, fault));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).contains("no request was blamed for it");
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", 60L));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED_401", "FORBIDDEN_PLAN_403", "ADMIN_NOT_FOUND", "NOT_FOUND_404"})
    void what_one_conversation_alone_answers_is_its_own_wherever_it_stands(Fault fault) {
        for (long one : new long[] {50_001, 50_020, 50_040}) {
            try (BatchFixture night = BatchFixture.on(kind.create())) {
                night.askMany(40);
                night.sandbox.faults(FaultPlan.always(on(one), fault));

                assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

                String own = fault == Fault.NOT_FOUND_404 ? "FAILED" : "RETRY";
                assertThat(night.standings()).isEqualTo(Map.of("MERGED", 39L, own, 1L));
                assertThat(night.number("SELECT request_id FROM merge_retry WHERE http_status IS NOT NULL"))
                        .isEqualTo(one - 50_000);
                Invariants.hold(night);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED_401", "NOT_FOUND_404"})
    void what_one_parent_alone_answers_is_its_requests_own(Fault fault) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(40);
            night.sandbox.faults(FaultPlan.always(on(1_001), fault));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            String own = fault == Fault.NOT_FOUND_404 ? "FAILED" : "RETRY";
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 37L, own, 3L));
        }
    }

    @Test
    void several_conversations_that_are_refused_at_once_do_not_end_the_night() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(40);
            night.sandbox.faults(FaultPlan.always(
                    arrival ->
                            arrival.isNote() && LongStream.range(50_001, 50_013).anyMatch(id -> arrival.isFor("" + id)),
                    Fault.FORBIDDEN_PLAN_403));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 28L, "RETRY", 12L));
            Invariants.hold(night);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "tag", "close"})
    void a_404_that_a_read_contradicts_gives_nobody_up(String operation) {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(40);
            night.sandbox.faults(FaultPlan.always(
                    arrival -> switch (operation) {
                        case "note" -> arrival.isNote() && !arrival.path().startsWith("/conversations/10");
                        case "tag" -> arrival.isTag();
                        default -> arrival.isClose();
                    },
                    Fault.NOT_FOUND_404));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("RETRY", 40L));
            night.sandbox.faults(FaultPlan.none());
            night.clock.advance(Duration.ofHours(1));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 40L));
            Invariants.hold(night);
        }
    }

    @Test
    void a_token_that_may_do_nothing_but_say_who_it_is_blames_not_even_a_single_request() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(1);
            night.sandbox.faults(FaultPlan.always(Arrival::isNote, Fault.FORBIDDEN_PLAN_403));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message())
                    .startsWith(
                            "Intercom does not let the run go on: 403 api_plan_restricted: Active subscription needed.");
            assertThat(night.standings()).isEqualTo(Map.of("PENDING", 1L));
        }
    }

    @Test
    void conversations_that_are_gone_are_given_up_however_many_they_are_if_others_are_there() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(REQUESTS);
            for (int i = 0; i < 110; i++) {
                night.sandbox.workspace().removeConversation("" + (50_001 + i));
            }

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 10L, "FAILED", 110L));
        }
    }

    @Test
    void a_small_night_of_which_all_duplicates_are_gone_is_over_as_their_parents_are_there() {
        try (BatchFixture night = BatchFixture.on(kind.create())) {
            night.askMany(12);
            for (int i = 0; i < 12; i++) {
                night.sandbox.workspace().removeConversation("" + (50_001 + i));
            }

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("FAILED", 12L));
        }
    }

    /** Deletes the tag before the n-th call with it arrives. */
    private static FaultPlan deletesTheTagAt(BatchFixture night, int number) {
        AtomicInteger calls = new AtomicInteger();
        return arrival -> {
            if (arrival.isTag() && calls.incrementAndGet() == number) {
                night.sandbox.workspace().removeTag(BatchFixture.TAG);
            }
            return Optional.empty();
        };
    }

    private static boolean ofConversation(Arrival arrival) {
        return arrival.conversation() != null && arrival.route() != Route.ME;
    }

    private static Predicate<Arrival> on(long conversation) {
        return arrival -> arrival.isFor(Long.toString(conversation));
    }
}
