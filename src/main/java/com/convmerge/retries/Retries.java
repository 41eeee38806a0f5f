package com.convmerge.retries;

import com.convmerge.database.TimeLimits;
import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SqlTime;
import com.convmerge.requests.Requests;
import com.convmerge.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The retry table: what failed, and when it is tried again. Each method but {@link #remove} is a commit of its own. */
public final class Retries {
    private static final String FIND =
            "SELECT attempts, next_attempt_at FROM merge_retry WHERE request_id = :requestId";

    private static final String INSERT = """
            INSERT INTO merge_retry (request_id, operation, failure_kind, http_status, code, message, intercom_request_id,
                                     attempts, first_failed_at, last_failed_at, next_attempt_at, job_execution_id)
            VALUES (:requestId, :operation, :kind, :httpStatus, :code, :message, :intercomRequestId,
                    :attempts, :now, :now, :nextAttemptAt, :executionId)
            """;

    private static final String UPDATE = """
            UPDATE merge_retry
               SET operation = :operation, failure_kind = :kind, http_status = :httpStatus, code = :code, message = :message,
                   intercom_request_id = :intercomRequestId, attempts = :attempts, last_failed_at = :now,
                   next_attempt_at = :nextAttemptAt, dropped_at = NULL, job_execution_id = :executionId
             WHERE request_id = :requestId
            """;

    private static final String DUE = "SELECT request_id FROM merge_retry WHERE next_attempt_at <= :now";

    private static final String KNOWN = "SELECT request_id FROM merge_retry";

    private static final String MATCHING = """
            SELECT request_id FROM merge_retry
             WHERE (:anyId = TRUE OR request_id IN (:ids)) AND (:anyKind = TRUE OR failure_kind = :kind)
               AND (:anyCode = TRUE OR code = :code)
               AND (:dropped = TRUE OR dropped_at IS NULL) AND (:others = TRUE OR dropped_at IS NOT NULL)
             ORDER BY request_id
            """;

    private static final String FORGET_ATTEMPTS =
            "UPDATE merge_retry SET attempts = 0, next_attempt_at = NULL, dropped_at = NULL WHERE request_id = ?";

    private static final String DROPPED =
            "UPDATE merge_retry SET next_attempt_at = NULL, dropped_at = ?, drop_reason = ? WHERE request_id = ?";

    private static final String REMOVE = "DELETE FROM merge_retry WHERE request_id = ?";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate commit;
    /** Changes as many requests as there are. */
    private final TransactionTemplate bulk;

    private final Requests requests;
    private final RetryPolicy policy;
    private final Clock clock;

    Retries(
            JdbcClient jdbc,
            JdbcTemplate batches,
            PlatformTransactionManager transactions,
            Requests requests,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.commit = new TransactionTemplate(transactions);
        this.commit.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.bulk = new TransactionTemplate(transactions);
        this.bulk.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.bulk.setTimeout(TimeLimits.LONG);
        this.requests = requests;
        this.policy = new RetryPolicy(settings.retries().backoff());
        this.clock = clock;
    }

    /**
     * Files a request that failed: as RETRY with its next try, or as FAILED if the failure is final or the tries are used up. A
     * request that is not PENDING was filed before, or was changed or deleted by somebody, and is left as it is.
     *
     * @param notBefore the earliest time that makes sense for the next try, whatever the backoff
     * @return whether, and when, it is tried again
     */
    public RetryDecision file(
            long requestId, OperationKind operation, Failure failure, Instant notBefore, long executionId) {
        return Objects.requireNonNull(
                commit.execute(status -> fileOnce(requestId, operation, failure, notBefore, executionId)));
    }

    /** Files a request that failed, and whose next try makes sense at any time. */
    public RetryDecision file(long requestId, OperationKind operation, Failure failure, long executionId) {
        return file(requestId, operation, failure, Instant.EPOCH, executionId);
    }

    private RetryDecision fileOnce(
            long requestId, OperationKind operation, Failure failure, Instant notBefore, long executionId) {
        Optional<RetryDecision> before = jdbc.sql(FIND)
                .param("requestId", requestId)
                .query((row, n) -> new RetryDecision(row.getInt("attempts"), SqlTime.nullable(row, "next_attempt_at")))
                .optional();
        int attempts = before.map(RetryDecision::attempts).orElse(0) + 1;
        Instant now = clock.instant();
        Instant nextAttempt = failure.kind().isPassing()
                ? policy.after(attempts)
                        .map(now::plus)
                        .map(next -> next.isBefore(notBefore) ? notBefore : next)
                        .orElse(null)
                : null;
        String detail = operation.label() + " " + failure.kind().label() + ": " + failure.describe();
        boolean isOurs = nextAttempt == null
                ? requests.giveUp(requestId, detail, executionId)
                : requests.waitForRetry(requestId, detail, executionId);
        if (!isOurs) {
            return before.orElse(RetryDecision.LEFT_ALONE);
        }
        jdbc.sql(before.isPresent() ? UPDATE : INSERT)
                .param("requestId", requestId)
                .param("operation", operation.column())
                .param("kind", failure.kind().name())
                .param("httpStatus", failure.httpStatus())
                .param("code", failure.code())
                .param("message", failure.message())
                .param("intercomRequestId", failure.intercomRequestId())
                .param("attempts", attempts)
                .param("now", SqlTime.utc(now))
                .param("nextAttemptAt", nextAttempt == null ? null : SqlTime.utc(nextAttempt))
                .param("executionId", executionId)
                .update();
        return new RetryDecision(attempts, nextAttempt);
    }

    /** The requests in RETRY whose next try is due at {@code now}, and those that the table has lost: their try is due, too. */
    public Set<Long> due(Instant now) {
        Set<Long> due = new HashSet<>(
                jdbc.sql(DUE).param("now", SqlTime.utc(now)).query(Long.class).list());
        List<Long> inRetry = requests.inRetry();
        if (!inRetry.isEmpty()) {
            Set<Long> known = Set.copyOf(jdbc.sql(KNOWN).query(Long.class).list());
            inRetry.stream().filter(id -> !known.contains(id)).forEach(due::add);
        }
        return due;
    }

    /** Makes PENDING what is due at {@code now}; the counts of attempts stay. Returns how many these are. */
    public int takeDue(Instant now) {
        return Objects.requireNonNull(
                bulk.execute(status -> requests.retry(List.copyOf(due(now))).size()));
    }

    /** Takes requests out of the retry table because they are merged: part of the transaction in which that is written down. */
    public void remove(List<Long> requestIds) {
        change(REMOVE, requestIds);
    }

    /**
     * Sends requests back to PENDING for the next run, with their attempts forgotten. Only what waits or was given up can be
     * released; what an operator has dropped, only by its id.
     *
     * @return the ids of those that were released
     */
    public List<Long> release(RetryFilter filter) {
        return Objects.requireNonNull(bulk.execute(status -> {
            List<Long> released = requests.release(matching(reaching(filter)));
            change(FORGET_ATTEMPTS, released);
            return released;
        }));
    }

    /**
     * Gives requests up: FAILED with {@code reason}. Only what waits or was given up can be dropped; what an operator has dropped
     * before gets another reason only by its id.
     *
     * @return the ids of those that were dropped
     */
    public List<Long> drop(RetryFilter filter, String reason) {
        return Objects.requireNonNull(bulk.execute(status -> {
            List<Long> dropped = requests.drop(matching(reaching(filter)), reason);
            OffsetDateTime now = SqlTime.utc(clock.instant());
            batches.batchUpdate(
                    DROPPED,
                    dropped.stream().map(id -> new Object[] {now, reason, id}).toList());
            return dropped;
        }));
    }

    /** The requests that {@link #release} and {@link #drop} leave alone, although they fit: an operator has dropped them. */
    public List<Long> leftAlone(RetryFilter filter) {
        return filter.isNaming() ? List.of() : matching(filter.with(RetryFilter.Dropped.ALONE));
    }

    /** What a person has given up, only a person who names it changes. */
    private static RetryFilter reaching(RetryFilter filter) {
        return filter.isNaming() ? filter : filter.with(RetryFilter.Dropped.LEFT_OUT);
    }

    /** Requests that are named are reached also if the table has lost their rows. */
    private List<Long> matching(RetryFilter filter) {
        return filter.isOnlyIds()
                ? filter.requestIds()
                : jdbc.sql(MATCHING)
                        .params(filter.parameters())
                        .query(Long.class)
                        .list();
    }

    private void change(String sql, List<Long> requestIds) {
        batches.batchUpdate(
                sql, requestIds.stream().map(id -> new Object[] {id}).toList());
    }
}
