package com.convmerge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.report.RunRecord;
import com.convmerge.report.RunRecords;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TcpProxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Intercom fails in the middle of a run: the circuit breaker ends the run, and only requests that failed are marked so. */
class IntercomDownTest {
    private static final int REQUESTS = 200;

    /** The number of the first failing call; about thirty merges are done before it. */
    private static final int DOWN_FROM = 180;

    @Test
    void when_every_answer_is_a_500_the_run_fails_with_one_message_and_a_restart_finishes() throws Exception {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(REQUESTS);
            night.sandbox.faults(
                    arrival -> arrival.number() >= DOWN_FROM ? Optional.of(Fault.ERROR_500_BEFORE) : Optional.empty());

            RunEnd end = night.run();

            assertThat(end.message()).contains(", the last with 500 server_error: ");
            long calls = night.sandbox.callCount();
            // A call that left before Intercom went down, and succeeds after, restarts the count of failures in a row.
            assertFailedWithRetriesOnlyForFailures(night, end, 100);
            night.emptyThePool();
            assertThat(night.sandbox.callCount()).as("calls after the end").isEqualTo(calls);
            night.sandbox.faults(FaultPlan.none());
            assertThatARestartFinishes(night);
        }
    }

    @Test
    void when_connections_are_refused_the_run_fails_with_one_message_and_a_restart_finishes() {
        try (TcpProxy proxy = new TcpProxy();
                BatchFixture night = BatchFixture.on(Databases.h2(), "convmerge.intercom.base-url=" + proxy.url())) {
            proxy.leadTo(night.sandbox.url());
            night.askMany(REQUESTS);
            AtomicBoolean cut = new AtomicBoolean();
            night.sandbox.faults(arrival -> {
                if (arrival.number() >= DOWN_FROM && cut.compareAndSet(false, true)) {
                    proxy.cut();
                }
                return Optional.empty();
            });

            RunEnd end = night.run();

            assertThat(end.message()).contains(", the last with no_connection: ");
            // A call that succeeds while the connection is being cut restarts the count of failures in a row.
            assertFailedWithRetriesOnlyForFailures(night, end, 100);
            proxy.mend();
            assertThatARestartFinishes(night);
        }
    }

    @Test
    void when_it_is_down_while_the_survivors_are_read_no_duplicate_is_touched() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            for (int i = 0; i < 120; i++) {
                night.ask(1_001 + i, 50_001 + i);
            }
            night.sandbox.faults(FaultPlan.always(arrival -> arrival.isRead(), Fault.UNAVAILABLE_503_BEFORE));

            RunEnd end = night.run();

            assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
            assertThat(end.message()).matches("[56][0-9] requests in a row failed, the last with 503 .*");
            assertThat(night.standings()).containsOnlyKeys("PENDING", "RETRY");
            assertThat(night.standings().get("RETRY")).isBetween(50L, 50L + BatchFixture.WORKERS);
            assertThat(night.number("SELECT COUNT(*) FROM merge_operation")).isZero();
        }
    }

    @Test
    void conversations_that_are_not_there_never_end_a_run_however_many_they_are() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.ask(1, 2);
            for (int i = 0; i < 210; i++) {
                night.askOnly(1, 50_001 + i);
            }

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", 1L, "FAILED", 210L));
            Invariants.hold(night);
        }
    }

    @Test
    void failures_of_one_run_are_not_counted_in_the_next_one_of_the_same_program() {
        try (BatchFixture night = BatchFixture.on(Databases.h2())) {
            night.askMany(40);
            night.sandbox.faults(FaultPlan.always(arrival -> arrival.isNote(), Fault.RATE_LIMITED_429));
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            night.clock.advance(Duration.ofHours(1));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("RETRY", 40L));
        }
    }

    private static void assertFailedWithRetriesOnlyForFailures(BatchFixture night, RunEnd end, long seenFailing) {
        assertThat(end.kind()).isEqualTo(RunEnd.Kind.FAILED);
        assertThat(end.message())
                .matches("[56][0-9] requests in a row failed, .*")
                .endsWith("that is Intercom's trouble or the network's, not theirs. What was not begun stays PENDING")
                .doesNotContain("\n");
        assertThat(night.part(RunRecords.class).last(1)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(RunRecord.Outcome.FAILED);
            assertThat(run.detail()).isEqualTo(end.message());
        });
        assertThat(night.standings().keySet()).isSubsetOf("PENDING", "MERGED", "RETRY");
        // What is in doubt stays PENDING, so that the restart looks for it.
        long inDoubt = night.number("SELECT COUNT(DISTINCT request_id) FROM merge_operation WHERE state = 'IN_DOUBT'");
        assertThat(night.standings().getOrDefault("RETRY", 0L) + inDoubt)
                .as("requests that were seen failing, and at most those that were in progress beside the last of them")
                .isBetween(50L, seenFailing + BatchFixture.WORKERS);
        assertThat(
                        night.number(
                                "SELECT COUNT(*) FROM merge_request r JOIN merge_retry t ON t.request_id = r.id WHERE r.status = 'PENDING'"))
                .as("untouched requests with an attempt counted")
                .isZero();
        Invariants.hold(night);
    }

    private static void assertThatARestartFinishes(BatchFixture night) {
        night.clock.advance(Duration.ofMinutes(15));

        assertThat(night.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

        assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
        Invariants.hold(night);
    }
}
