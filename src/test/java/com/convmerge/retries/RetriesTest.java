package com.convmerge.retries;

import static org.assertj.core.api.Assertions.assertThat;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.RequestStatus;
import com.convmerge.report.RequestReport;
import com.convmerge.testing.Database;
import com.convmerge.testing.OnEachDatabase;
import com.convmerge.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the retry table stores about a failed request, and when the request becomes pending again. */
@OnEachDatabase
class RetriesTest extends RetriesOnDatabase {
    RetriesTest(Database database) {
        super(database);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"NOT_SENT", "IN_DOUBT"})
    void what_may_pass_waits_for_its_next_try(FailureKind passing) {
        long request = requests.add("10", "20");

        RetryDecision filed = retries.file(request, OperationKind.NOTE, BUSY.as(passing), EXECUTION);

        assertThat(filed).isEqualTo(new RetryDecision(1, TestClock.START.plus(FIRST)));
        assertThat(requests.status(request)).isEqualTo("RETRY");
        assertThat(requests.detail(request))
                .isEqualTo(
                        "note " + passing.label() + ": 429 rate_limit_exceeded: Too many (Intercom request id req-1)");
        assertThat(requests.row(request)).containsEntry("job_execution_id", EXECUTION);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"NOT_FOUND", "REFUSED"})
    void what_will_not_pass_is_given_up_at_once(FailureKind permanent) {
        long request = requests.add("10", "20");

        RetryDecision filed = retries.file(request, OperationKind.SURVIVOR_CHECK, GONE.as(permanent), EXECUTION);

        assertThat(filed).isEqualTo(new RetryDecision(1, null));
        assertThat(requests.status(request)).isEqualTo("FAILED");
        assertThat(requests.detail(request))
                .isEqualTo("parent check " + permanent.label()
                        + ": 404 not_found: Conversation not found (Intercom request id req-2)");
    }

    @Test
    void each_failure_waits_longer_and_the_one_after_the_last_wait_is_given_up() {
        long request = requests.add("10", "20");

        assertThat(retries.file(request, OperationKind.NOTE, BUSY, EXECUTION).nextAttemptAt())
                .isEqualTo(TestClock.START.plus(FIRST));
        takeDueAfter(FIRST);
        assertThat(retries.file(request, OperationKind.NOTE, BUSY, EXECUTION).nextAttemptAt())
                .isEqualTo(TestClock.START.plus(FIRST).plus(SECOND));
        takeDueAfter(SECOND);

        assertThat(retries.file(request, OperationKind.NOTE, BUSY, EXECUTION)).isEqualTo(new RetryDecision(3, null));
        assertThat(requests.status(request)).isEqualTo("FAILED");
    }

    @Test
    void the_next_try_is_not_before_the_time_that_makes_sense_for_it_whatever_the_backoff() {
        long request = requests.add("10", "20");
        Instant notBefore = TestClock.START.plus(FIRST).plusSeconds(1);

        RetryDecision filed =
                retries.file(request, OperationKind.NOTE, BUSY.as(FailureKind.IN_DOUBT), notBefore, EXECUTION);

        assertThat(filed).isEqualTo(new RetryDecision(1, notBefore));
        assertThat(retries.takeDue(notBefore.minusMillis(1))).isZero();
        assertThat(retries.takeDue(notBefore)).isEqualTo(1);
    }

    @Test
    void a_backoff_that_is_longer_than_that_time_is_kept_and_what_is_given_up_has_no_next_try() {
        Instant notBefore = TestClock.START.plus(FIRST).minusSeconds(1);

        assertThat(retries.file(requests.add("10", "20"), OperationKind.NOTE, BUSY, notBefore, EXECUTION))
                .isEqualTo(new RetryDecision(1, TestClock.START.plus(FIRST)));
        assertThat(retries.file(requests.add("10", "30"), OperationKind.NOTE, GONE, notBefore, EXECUTION))
                .isEqualTo(new RetryDecision(1, null));
    }

    @Test
    void a_request_filed_twice_is_filed_once() {
        long request = requests.add("10", "20");
        RetryDecision first = retries.file(request, OperationKind.NOTE, BUSY, EXECUTION);
        RequestReport row = onlyRow();
        clock.advance(Duration.ofMinutes(1));

        assertThat(retries.file(request, OperationKind.TAG, GONE, EXECUTION + 1))
                .isEqualTo(first);

        assertThat(onlyRow()).isEqualTo(row);
        assertThat(requests.status(request)).isEqualTo("RETRY");
        assertThat(requests.row(request)).containsEntry("job_execution_id", EXECUTION);
    }

    @Test
    void a_request_that_was_merged_meanwhile_is_left_alone() {
        long request = requests.add("10", "20");
        requests.set(request, "status", "MERGED");

        RetryDecision decision = retries.file(request, OperationKind.NOTE, BUSY, EXECUTION);

        assertThat(decision.next()).isEqualTo("its row was changed or deleted meanwhile and is left as it is");

        assertThat(requests.status(request)).isEqualTo("MERGED");
        assertThat(list(ALL, 10)).isEmpty();
    }

    @Test
    void what_was_filed_outlives_the_chunk_that_failed() {
        long request = requests.add("10", "20");

        new TransactionTemplate(database.transactions()).executeWithoutResult(chunk -> {
            retries.file(request, OperationKind.NOTE, BUSY, EXECUTION);
            chunk.setRollbackOnly();
        });

        assertThat(requests.status(request)).isEqualTo("RETRY");
        assertThat(list(ALL, 10)).hasSize(1);
    }

    @Test
    void what_is_due_is_pending_again_to_the_second_and_nothing_else_is() {
        long due = requests.add("10", "20");
        retries.file(due, OperationKind.NOTE, BUSY, EXECUTION);
        clock.advance(Duration.ofSeconds(1));
        long later = requests.add("10", "30");
        retries.file(later, OperationKind.NOTE, BUSY, EXECUTION);
        long givenUp = requests.add("10", "40");
        retries.file(givenUp, OperationKind.NOTE, GONE, EXECUTION);

        assertThat(retries.takeDue(TestClock.START.plus(FIRST).minusMillis(1))).isZero();
        assertThat(retries.takeDue(TestClock.START.plus(FIRST))).isEqualTo(1);

        assertThat(requests.status(due)).isEqualTo("PENDING");
        assertThat(requests.status(later)).isEqualTo("RETRY");
        assertThat(requests.status(givenUp)).isEqualTo("FAILED");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestStatus.class,
            names = {"MERGED", "REJECTED", "FAILED"})
    void what_ended_in_another_way_is_not_due(RequestStatus ended) {
        long request = fileNew(BUSY);
        requests.set(request, "status", ended.name());

        assertThat(retries.takeDue(TestClock.START.plus(FIRST))).isZero();

        assertThat(requests.status(request)).isEqualTo(ended.name());
    }

    @Test
    void what_is_due_keeps_its_count_and_its_first_failure() {
        long request = requests.add("10", "20");
        retries.file(request, OperationKind.NOTE, BUSY, EXECUTION);
        takeDueAfter(FIRST);
        assertThat(onlyRetry().attempts()).isEqualTo(1);
        assertThat(onlyRow().status()).isEqualTo(RequestStatus.PENDING);

        retries.file(request, OperationKind.CLOSE, GONE, EXECUTION + 1);

        Instant now = TestClock.START.plus(FIRST);
        assertThat(onlyRow().status()).isEqualTo(RequestStatus.FAILED);
        assertThat(onlyRetry())
                .isEqualTo(new RetryEntry(OperationKind.CLOSE, GONE, 2, TestClock.START, now, null, EXECUTION + 1));
    }

    @Test
    void what_is_removed_is_gone_and_the_others_stay() {
        long merged = fileNew(BUSY);
        long waiting = fileNew(BUSY);

        retries.remove(List.of(merged));

        assertThat(list(ALL, 10)).extracting(RequestReport::id).containsExactly(waiting);
    }

    @Test
    void a_failure_without_an_answer_is_kept_as_such() {
        long request = requests.add("10", "20");
        Failure silence = Failure.withoutAnswer(FailureKind.IN_DOUBT, "no_answer", "SocketTimeoutException");

        retries.file(request, OperationKind.TAG, silence, EXECUTION);

        assertThat(onlyRetry().failure()).isEqualTo(silence);
    }

    @Test
    void the_list_has_what_is_tried_next_first_and_what_was_given_up_last() {
        long givenUp = fileNew(GONE);
        long soon = fileNew(BUSY);
        long asSoon = fileNew(BUSY);
        clock.advance(Duration.ofMinutes(1));
        long later = fileNew(BUSY);

        assertThat(list(ALL, 10)).extracting(RequestReport::id).containsExactly(soon, asSoon, later, givenUp);
        assertThat(list(ALL, 3)).extracting(RequestReport::id).containsExactly(soon, asSoon, later);
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestStatus.class,
            names = {"MERGED", "REJECTED"})
    void the_list_leaves_out_what_waits_for_nothing(RequestStatus ended) {
        requests.set(fileNew(BUSY), "status", ended.name());

        assertThat(list(ALL, 10)).isEmpty();
    }

    private void takeDueAfter(Duration wait) {
        clock.advance(wait);
        assertThat(retries.takeDue(clock.instant())).isEqualTo(1);
    }
}
