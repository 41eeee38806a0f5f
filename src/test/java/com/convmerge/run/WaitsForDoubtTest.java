package com.convmerge.run;

import static com.convmerge.run.NoteInDoubt.NO_WAIT;
import static com.convmerge.run.NoteInDoubt.SETTLE_TIME;
import static com.convmerge.run.NoteInDoubt.calls;
import static com.convmerge.run.NoteInDoubt.inState;
import static com.convmerge.run.NoteInDoubt.late;
import static com.convmerge.run.NoteInDoubt.nextAttempt;
import static com.convmerge.run.NoteInDoubt.noteOn;
import static com.convmerge.run.NoteInDoubt.readOf;
import static com.convmerge.run.NoteInDoubt.stop;
import static com.convmerge.run.NoteInDoubt.written;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.convmerge.sandbox.Arrival;
import com.convmerge.sandbox.Call;
import com.convmerge.sandbox.Fault;
import com.convmerge.sandbox.FaultPlan;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** How long a run stays for a note in doubt, what it does before and after, and what it shows meanwhile, on each database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class WaitsForDoubtTest {
    private static final long IN_DOUBT = 50_001;
    private static final int REQUESTS = 20;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    DatabaseKind kind;

    @Test
    void a_run_does_all_else_first_and_stays_no_longer_than_the_settle_time() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_BEFORE, Duration.ZERO)) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            List<Call> closes = calls(night, Arrival::isClose);
            assertThat(closes.get(closes.size() - 1).arrival().isFor("" + IN_DOUBT))
                    .isTrue();
            Call lastOfTheOthers = closes.get(closes.size() - 2);
            // If it is the first note of all, it is looked for at once.
            List<Call> looks = calls(night, readOf(IN_DOUBT)).stream()
                    .dropWhile(look ->
                            look.arrival().number() < closes.get(0).arrival().number())
                    .toList();
            assertThat(looks).isNotEmpty().allSatisfy(look -> assertThat(
                            look.arrival().number())
                    .isGreaterThan(lastOfTheOthers.arrival().number()));
            assertThat(night.clock.instant())
                    .isBeforeOrEqualTo(lastOfTheOthers.at().plus(SETTLE_TIME));
            Invariants.hold(night);
        }
    }

    @Test
    void a_run_goes_on_as_soon_as_the_note_is_found() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofSeconds(30))) {
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            Instant called = calls(night, noteOn(IN_DOUBT)).get(0).at();
            assertThat(night.clock.instant()).isBeforeOrEqualTo(called.plusSeconds(60));
        }
    }

    @Test
    void a_run_that_does_not_wait_looks_once_more_and_leaves_the_rest_to_the_retry_table() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofSeconds(30))) {
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            Logger settle = (Logger) LoggerFactory.getLogger("com.convmerge.batch.SettleStep");
            settle.setLevel(Level.WARN);
            settle.addAppender(log);
            assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            settle.detachAppender(log);

            assertThat(log.list)
                    .singleElement()
                    .asString()
                    .contains("(conversation " + IN_DOUBT + "): note in doubt: ");
            Instant called = calls(night, noteOn(IN_DOUBT)).get(0).at();
            assertThat(looks(night)).hasSize(1);
            assertThat(night.clock.instant()).isBeforeOrEqualTo(called.plusSeconds(1));
            assertFiledUntilSettled(night, called);
        }
    }

    @Test
    void a_run_that_does_not_wait_goes_on_with_what_it_finds_at_its_only_look() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ZERO)) {
            assertThat(night.run(NO_WAIT).kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    @Test
    void the_deadline_ends_the_waiting_and_survivors_are_told_of_the_others() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofMinutes(10))) {
            Instant until = night.clock.instant().plus(Duration.ofMinutes(5));
            atRead(2, night, () -> {
                night.clock.set(until);
                while (night.part(RunLauncher.class)
                        .cancellation()
                        .flatMap(cancellation -> cancellation.reason())
                        .isEmpty()) {
                    Thread.onSpinWait();
                }
            });

            RunEnd end = night.run(new RunOptions(null, until, false, true));

            assertThat(end).isEqualTo(new RunEnd(1, RunEnd.Kind.STOPPED, "the time is up (--until)"));
            assertThat(night.clock.instant()).isEqualTo(until);
            assertFiledUntilSettled(night, calls(night, noteOn(IN_DOUBT)).get(0).at());
            assertThat(Invariants.listed(night.conversation(1_001)))
                    .containsOnlyKeys("" + (IN_DOUBT + 1), "" + (IN_DOUBT + 2));
            night.sandbox.faults(FaultPlan.none());
            night.clock.advance(SETTLE_TIME);
            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    @Test
    void a_stop_ends_the_waiting_and_a_restart_goes_on_with_it() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofSeconds(90))) {
            atRead(2, night, () -> stop(night));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.STOPPED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", REQUESTS - 1L, "PENDING", 1L));
            assertThat(inState(night, "IN_DOUBT")).isEqualTo(1);
            assertThat(night.number("SELECT COUNT(*) FROM merge_retry")).isZero();
            night.sandbox.faults(FaultPlan.none());
            try (BatchFixture next = night.again()) {
                assertThat(next.restart().kind()).isEqualTo(RunEnd.Kind.COMPLETED);
            }
            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            assertThat(written(night, IN_DOUBT)).hasSize(1);
            assertThat(calls(night, noteOn(IN_DOUBT))).hasSize(1);
            Invariants.hold(night);
        }
    }

    @Test
    void while_a_run_waits_it_shows_for_how_many_and_until_when() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofSeconds(90))) {
            List<Progress> shown = new ArrayList<>();
            List<RunStatus> status = new ArrayList<>();
            // A look after 35 s is one of those at which the lease is renewed, which writes the progress down.
            atRead(4, night, () -> {
                night.part(RunLauncher.class).progress().ifPresent(shown::add);
                night.part(RunLease.class).underWay().ifPresent(status::add);
            });

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            Instant settled = calls(night, noteOn(IN_DOUBT)).get(0).at().plus(SETTLE_TIME);
            assertThat(shown)
                    .containsExactly(new Progress(1, "settle", REQUESTS, REQUESTS - 1L, 0, 1, settled, 7, 0, 0, null));
            assertThat(status).singleElement().satisfies(run -> {
                assertThat(run.step()).isEqualTo("settle");
                assertThat(run.inDoubt()).isEqualTo(1);
                assertThat(run.waitsUntil()).isEqualTo(settled);
            });
        }
    }

    @Test
    void what_comes_into_doubt_while_a_run_waits_is_looked_for_as_long_as_the_run_stays() {
        try (BatchFixture night = nightWith(Fault.GATEWAY_504_AFTER, Duration.ofSeconds(90))) {
            night.sandbox.faults(FaultPlan.on(noteOn(IN_DOUBT), Fault.GATEWAY_504_AFTER)
                    .and(FaultPlan.on(
                            arrival -> arrival.isClose() && arrival.isFor("" + IN_DOUBT), Fault.DROP_BEFORE)));

            assertThat(night.run().kind()).isEqualTo(RunEnd.Kind.COMPLETED);

            assertThat(night.standings()).isEqualTo(Map.of("MERGED", (long) REQUESTS));
            Invariants.hold(night);
        }
    }

    /** The first note of many is in doubt. */
    private BatchFixture nightWith(Fault fault, Duration late) {
        BatchFixture night = BatchFixture.on(kind.create());
        night.askMany(REQUESTS);
        late(night, IN_DOUBT, fault, late);
        return night;
    }

    /** The looks for the note in doubt. If it is the first note of all, it is looked for once more before any other leaves. */
    private static List<Call> looks(BatchFixture night) {
        long firstOfOthers = calls(night, arrival -> isNoteOnAnother(arrival))
                .get(0)
                .arrival()
                .number();
        return calls(night, readOf(IN_DOUBT).and(arrival -> arrival.number() > firstOfOthers));
    }

    private static boolean isNoteOnAnother(Arrival arrival) {
        return arrival.isNote() && !arrival.isFor("" + IN_DOUBT);
    }

    /** Does something at the n-th of these looks for the note in doubt, which was answered 504. */
    private static void atRead(int number, BatchFixture night, Runnable action) {
        AtomicBoolean othersAreThere = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        night.sandbox.faults(
                FaultPlan.on(noteOn(IN_DOUBT), Fault.GATEWAY_504_AFTER).and(arrival -> {
                    if (isNoteOnAnother(arrival)) {
                        othersAreThere.set(true);
                    }
                    if (othersAreThere.get() && readOf(IN_DOUBT).test(arrival) && looks.incrementAndGet() == number) {
                        action.run();
                    }
                    return Optional.empty();
                }));
    }

    private static void assertFiledUntilSettled(BatchFixture night, Instant called) {
        assertThat(night.standings()).isEqualTo(Map.of("MERGED", REQUESTS - 1L, "RETRY", 1L));
        assertThat(nextAttempt(night)).isAfterOrEqualTo(called.plus(SETTLE_TIME));
        assertThat(calls(night, noteOn(IN_DOUBT))).hasSize(1);
        Invariants.hold(night);
    }
}
