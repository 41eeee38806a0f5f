package com.convmerge.retries;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RequestReport;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator can do with the retry table: list, release and drop requests. */
@OnEachDatabase
class ReleaseAndDropTest extends RetriesOnDatabase {
    ReleaseAndDropTest(Database database) {
        super(database);
    }

    @Test
    void a_filter_takes_what_fits_each_of_its_parts() {
        long busy = fileNew(BUSY);
        long gone = fileNew(GONE);
        long inDoubt = fileNew(BUSY.as(FailureKind.IN_DOUBT));

        assertThat(listed(new RetryFilter(List.of(busy, gone), null, null))).containsExactlyInAnyOrder(busy, gone);
        assertThat(listed(new RetryFilter(List.of(), FailureKind.IN_DOUBT, null)))
                .containsExactly(inDoubt);
        assertThat(listed(new RetryFilter(List.of(), null, "rate_limit_exceeded")))
                .containsExactlyInAnyOrder(busy, inDoubt);
        assertThat(listed(new RetryFilter(List.of(gone), FailureKind.NOT_FOUND, "rate_limit_exceeded")))
                .isEmpty();
        assertThat(listed(new RetryFilter(List.of(-1L), null, null))).isEmpty();
    }

    @Test
    void what_is_released_is_pending_with_its_attempts_forgotten() {
        long waiting = fileNew(BUSY);
        long givenUp = fileNew(GONE);

        assertThat(retries.release(ALL)).containsExactlyInAnyOrder(waiting, givenUp);

        for (long released : List.of(waiting, givenUp)) {
            assertThat(requests.status(released)).isEqualTo("PENDING");
            assertThat(requests.detail(released)).isEqualTo("released by an operator");
        }
        assertThat(retries.file(waiting, OperationKind.NOTE, BUSY, EXECUTION))
                .isEqualTo(new RetryDecision(1, TestClock.START.plus(FIRST)));
    }

    @Test
    void only_what_fits_is_released() {
        long waiting = fileNew(BUSY);
        long givenUp = fileNew(GONE);

        assertThat(retries.release(new RetryFilter(List.of(), null, "not_found")))
                .containsExactly(givenUp);

        assertThat(requests.status(waiting)).isEqualTo("RETRY");
    }

    @Test
    void what_is_dropped_is_given_up_for_the_operator_s_reason_and_comes_back_by_its_id_only() {
        long waiting = fileNew(BUSY);
        long other = fileNew(BUSY);

        assertThat(retries.drop(only(waiting), "customer asked")).containsExactly(waiting);

        assertThat(requests.status(waiting)).isEqualTo("FAILED");
        assertThat(requests.detail(waiting)).isEqualTo("dropped by an operator: customer asked");
        assertThat(retry(waiting).nextAttemptAt()).isNull();
        assertThat(retry(waiting).droppedAt()).isEqualTo(TestClock.START);
        assertThat(retries.leftAlone(only(waiting))).isEmpty();
        for (RetryFilter bulk : List.of(
                ALL,
                new RetryFilter(List.of(), FailureKind.NOT_SENT, null),
                new RetryFilter(List.of(), null, "rate_limit_exceeded"))) {
            assertThat(retries.leftAlone(bulk)).containsExactly(waiting);
            requests.set(other, "status", "RETRY");
            assertThat(retries.release(bulk)).containsExactly(other);
        }
        assertThat(retries.takeDue(TestClock.START.plus(FIRST))).isZero();
        assertThat(requests.status(waiting)).isEqualTo("FAILED");
        assertThat(retries.release(new RetryFilter(List.of(waiting), null, "rate_limit_exceeded")))
                .containsExactly(waiting);
        assertThat(requests.status(waiting)).isEqualTo("PENDING");
    }

    @Test
    void the_reason_of_what_was_dropped_is_known_when_it_is_released_and_when_it_fails_again() {
        long request = fileNew(BUSY);
        retries.drop(only(request), "customer asked");
        retries.release(only(request));

        assertThat(requests.detail(request))
                .isEqualTo("released by an operator; before that dropped by an operator: customer asked");
        assertThat(retry(request).droppedAt()).isNull();
        retries.file(request, OperationKind.NOTE, GONE, EXECUTION);
        assertThat(retry(request).dropReason()).isEqualTo("customer asked");
        assertThat(retry(request).droppedAt())
                .as("it waits for an operator again")
                .isNull();
        assertThat(retries.release(ALL)).containsExactly(request);
        assertThat(requests.detail(request)).isEqualTo("released by an operator");
    }

    @Test
    void a_drop_of_many_leaves_alone_what_was_dropped_for_another_reason() {
        long first = fileNew(BUSY);
        retries.drop(only(first), "customer asked");
        long second = fileNew(BUSY);

        assertThat(retries.leftAlone(ALL)).containsExactly(first);
        assertThat(retries.drop(ALL, "old")).containsExactly(second);

        assertThat(requests.detail(first)).isEqualTo("dropped by an operator: customer asked");
        assertThat(retries.drop(only(first), "seen by Mia")).containsExactly(first);
        assertThat(retry(first).dropReason()).isEqualTo("seen by Mia");
    }

    @Test
    void what_was_dropped_is_listed_last_and_can_be_listed_alone_or_left_out() {
        long dropped = fileNew(BUSY);
        long givenUp = fileNew(GONE);
        long waiting = fileNew(BUSY);
        retries.drop(only(dropped), "customer asked");

        assertThat(listed(ALL)).containsExactly(waiting, givenUp, dropped);
        assertThat(listed(ALL.with(RetryFilter.Dropped.ALONE))).containsExactly(dropped);
        assertThat(listed(ALL.with(RetryFilter.Dropped.LEFT_OUT))).containsExactly(waiting, givenUp);
        assertThat(list(ALL, 2)).hasSize(2);
        assertThat(count(ALL)).isEqualTo(3);
        assertThat(count(ALL.with(RetryFilter.Dropped.ALONE))).isEqualTo(1);
    }

    private static RetryFilter only(long request) {
        return new RetryFilter(List.of(request), null, null);
    }

    private RetryEntry retry(long request) {
        return Objects.requireNonNull(list(only(request), 10).get(0).retry());
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestStatus.class,
            names = {"PENDING", "MERGED", "REJECTED"})
    void what_neither_waits_nor_was_given_up_is_left_alone(RequestStatus other) {
        long request = fileNew(BUSY);
        requests.set(request, "status", other.name());

        assertThat(retries.release(ALL)).isEmpty();
        assertThat(retries.drop(ALL, "customer asked")).isEmpty();

        assertThat(requests.status(request)).isEqualTo(other.name());
    }

    private List<Long> listed(RetryFilter filter) {
        return list(filter, 10).stream().map(RequestReport::id).toList();
    }
}
