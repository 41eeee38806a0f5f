package com.convmerge.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.convmerge.apply.GateFactory;
import com.convmerge.apply.Outcome;
import com.convmerge.intercom.CallPermit;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.testing.BatchFixture;
import com.convmerge.testing.Databases;
import com.convmerge.testing.TestClock;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** A bug, or a value that the database does not take, blames the item that brings it about; a database that is away ends the run. */
class FaultOfAnItemTest {
    @SuppressWarnings("NullAway.Init")
    private static BatchFixture night;

    private final RunCancellation cancellation = new RunCancellation();
    private final MergeRun run = new MergeRun(
            1,
            new RunParameters(TestClock.START, 0, null, false),
            TestClock.START,
            cancellation,
            new RunProgress(),
            night.part(GateFactory.class).open(CallPermit.ALWAYS, false),
            true);

    @BeforeAll
    static void start() {
        night = BatchFixture.on(Databases.h2());
    }

    @AfterAll
    static void end() {
        night.close();
    }

    static List<Throwable> faultsOfItems() {
        return List.of(
                new NullPointerException("the bug"),
                new IllegalStateException("the bug"),
                new StackOverflowError("the bug"),
                new DataIntegrityViolationException("the bug"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfItems")
    void a_fault_blames_its_item_and_the_run_goes_on(Throwable fault) throws Exception {
        RequestFailedException failed =
                catchThrowableOfType(RequestFailedException.class, () -> processor(() -> raise(fault))
                        .process(4711L));

        assertThat(failed.item.requestIds()).containsExactly(4711L);
        assertThat(failed.failure.kind()).isEqualTo(FailureKind.IN_DOUBT);
        assertThat(failed.failure.code()).isEqualTo("internal_fault");
        assertThat(failed.failure.message()).contains("the bug");
        assertThat(cancellation.reason()).isEmpty();
        assertThat(processor(() -> new Outcome.Done<>(4712L)).process(4712L)).isEqualTo(4712L);
    }

    @Test
    void a_fault_that_repeats_ends_the_run() {
        CancellableItemProcessor<Long, Long> processor = processor(() -> raise(new NullPointerException("the bug")));
        for (long item = 1; item <= 20; item++) {
            long each = item;
            assertThat(cancellation.reason()).isEmpty();
            assertThatExceptionOfType(RequestFailedException.class).isThrownBy(() -> processor.process(each));
        }

        assertThat(cancellation.reason()).hasValueSatisfying(reason -> assertThat(reason.message())
                .startsWith("20 times something failed that is no answer of Intercom, the last time with"));
    }

    @Test
    void a_database_that_is_away_ends_the_run_and_blames_nobody() {
        DataAccessResourceFailureException away = new DataAccessResourceFailureException("connection refused");

        assertThatExceptionOfType(DataAccessResourceFailureException.class)
                .isThrownBy(() -> processor(() -> raise(away)).process(1L));

        assertThat(cancellation.reason()).hasValueSatisfying(reason -> assertThat(reason.message())
                .isEqualTo("the database does not work: connection refused"));
    }

    private CancellableItemProcessor<Long, Long> processor(Supplier<Outcome<Long>> work) {
        return new CancellableItemProcessor<>(
                run,
                () -> false,
                item -> work.get(),
                (item, operation) ->
                        new RequestFailedException.Item(List.of(item), "conversation", ConversationId.of(item)),
                ConversationId::of,
                (item, doubt) -> {},
                outcome -> {},
                night.part(StepFactory.class).blame(run, OperationKind.NOTE, () -> {}));
    }

    private static Outcome<Long> raise(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }
}
