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
    void what_is_dropped_is_given_up_for_the_operator_s_reason_and_comes_back_by_a_release_only() {
        long waiting = fileNew(BUSY);

        assertThat(retries.drop(ALL, "customer asked")).containsExactly(waiting);

        assertThat(requests.status(waiting)).isEqualTo("FAILED");
        assertThat(requests.detail(waiting)).isEqualTo("dropped by an operator: customer asked");
        assertThat(onlyRetry().nextAttemptAt()).isNull();
        assertThat(retries.takeDue(TestClock.START.plus(FIRST))).isZero();
        assertThat(retries.release(ALL)).containsExactly(waiting);
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
