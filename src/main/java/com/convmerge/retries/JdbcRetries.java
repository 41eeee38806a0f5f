package com.convmerge.retries;

import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.RequestStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link Retries} in the table {@code merge_retry}. */
final class JdbcRetries implements Retries {
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
                   next_attempt_at = :nextAttemptAt, job_execution_id = :executionId
             WHERE request_id = :requestId
            """;

    private static final String MOVE_REQUEST = """
            UPDATE merge_request
               SET status = :status, status_detail = :detail, job_execution_id = :executionId, updated_at = :now
             WHERE id = :requestId AND status = 'PENDING'
            """;

    private static final String TAKE_DUE = """
            UPDATE merge_request
               SET status = 'PENDING', updated_at = :now
             WHERE status = 'RETRY' AND id IN (SELECT request_id FROM merge_retry WHERE next_attempt_at <= :now)
            """;

    private static final String LIST = """
            SELECT t.*, r.parent_conversation_id, r.duplicate_conversation_id, r.status
              FROM merge_retry t JOIN merge_request r ON r.id = t.request_id
             WHERE r.status IN ('PENDING', 'RETRY', 'FAILED')
               AND (:anyId = TRUE OR t.request_id IN (:ids)) AND (:anyKind = TRUE OR t.failure_kind = :kind)
               AND (:anyCode = TRUE OR t.code = :code)
             ORDER BY CASE WHEN t.next_attempt_at IS NULL THEN 1 ELSE 0 END, t.next_attempt_at, t.request_id
             LIMIT :limit
            """;

    private static final String RELEASE = """
            UPDATE merge_request
               SET status = 'PENDING', status_detail = 'released by an operator', updated_at = :now
             WHERE id = :requestId AND status IN ('RETRY', 'FAILED')
            """;

    private static final String FORGET_ATTEMPTS =
            "UPDATE merge_retry SET attempts = 0, next_attempt_at = NULL WHERE request_id = :requestId";

    /**
     * What was given up unbegun was not reckoned with when tonight's survivors were found: a run under way must not take it by
     * what was planned for it once. What was begun was reckoned with, and keeps its survivor there.
     */
    private static final String LEAVE_PLAN = """
            DELETE FROM merge_plan
             WHERE request_id = :requestId
               AND NOT EXISTS (SELECT 1 FROM merge_operation o
                                WHERE o.request_id = :requestId AND o.operation = 'NOTE'
                                  AND o.state IN ('SENT', 'IN_DOUBT', 'DONE'))
            """;

    private static final String DROP = """
            UPDATE merge_request
               SET status = 'FAILED', status_detail = :reason, updated_at = :now
             WHERE id = :requestId AND status IN ('RETRY', 'FAILED')
            """;

    private static final String NO_NEXT_ATTEMPT =
            "UPDATE merge_retry SET next_attempt_at = NULL WHERE request_id = :requestId";

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private final RetryPolicy policy;
    private final Clock clock;

    JdbcRetries(JdbcClient jdbc, PlatformTransactionManager transactions, RetryPolicy policy, Clock clock) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public RetryDecision file(long requestId, OperationKind operation, Failure failure, long executionId) {
        return Objects.requireNonNull(
                ownTransaction.execute(status -> fileOnce(requestId, operation, failure, executionId)));
    }

    private RetryDecision fileOnce(long requestId, OperationKind operation, Failure failure, long executionId) {
        Optional<RetryDecision> before = jdbc.sql(FIND)
                .param("requestId", requestId)
                .query((row, n) -> new RetryDecision(row.getInt("attempts"), instant(row, "next_attempt_at")))
                .optional();
        int attempts = before.map(filed -> filed.attempts() + 1).orElse(1);
        Instant now = clock.instant();
        Instant next = failure.kind().isPassing()
                ? policy.after(attempts).map(now::plus).orElse(null)
                : null;
        RetryDecision filed = new RetryDecision(attempts, next);
        if (!moveRequest(requestId, operation, failure, filed, now, executionId)) {
            return before.orElseThrow(() -> new IllegalStateException(
                    "request " + requestId + " failed but is neither PENDING nor in the retry table"));
        }
        bind(jdbc.sql(before.isPresent() ? UPDATE : INSERT), requestId, operation, failure, filed, now, executionId)
                .update();
        return filed;
    }

    private static StatementSpec bind(
            StatementSpec statement,
            long requestId,
            OperationKind operation,
            Failure failure,
            RetryDecision filed,
            Instant now,
            long executionId) {
        Instant next = filed.nextAttemptAt();
        return statement
                .param("requestId", requestId)
                .param("operation", operation.name())
                .param("kind", failure.kind().name())
                .param("httpStatus", failure.httpStatus())
                .param("code", failure.code())
                .param("message", failure.message())
                .param("intercomRequestId", failure.intercomRequestId())
                .param("attempts", filed.attempts())
                .param("now", utc(now))
                .param("nextAttemptAt", next == null ? null : utc(next))
                .param("executionId", executionId);
    }

    /** False if the request is not PENDING: it was filed before. */
    private boolean moveRequest(
            long requestId,
            OperationKind operation,
            Failure failure,
            RetryDecision filed,
            Instant now,
            long executionId) {
        RequestStatus status = filed.nextAttemptAt() == null ? RequestStatus.FAILED : RequestStatus.RETRY;
        return jdbc.sql(MOVE_REQUEST)
                        .param("requestId", requestId)
                        .param("status", status.name())
                        .param(
                                "detail",
                                operation.label() + " " + failure.kind().label() + ": " + failure.describe())
                        .param("executionId", executionId)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    @Override
    public int takeDue(Instant now) {
        return Objects.requireNonNull(ownTransaction.execute(
                status -> jdbc.sql(TAKE_DUE).param("now", utc(now)).update()));
    }

    @Override
    public List<Retry> list(RetryFilter filter, int limit) {
        return jdbc.sql(LIST)
                .param("anyId", filter.requestIds().isEmpty())
                .param("ids", filter.requestIds().isEmpty() ? List.of(-1L) : filter.requestIds())
                .param("anyKind", filter.kind() == null)
                .param("kind", filter.kind() == null ? "" : filter.kind().name())
                .param("anyCode", filter.code() == null)
                .param("code", filter.code() == null ? "" : filter.code())
                .param("limit", limit)
                .query((row, n) -> retry(row))
                .list();
    }

    @Override
    public List<Long> release(RetryFilter filter) {
        return each(filter, requestId -> {
            boolean released = jdbc.sql(RELEASE)
                            .param("requestId", requestId)
                            .param("now", utc(clock.instant()))
                            .update()
                    == 1;
            if (released) {
                jdbc.sql(FORGET_ATTEMPTS).param("requestId", requestId).update();
                jdbc.sql(LEAVE_PLAN).param("requestId", requestId).update();
            }
            return released;
        });
    }

    @Override
    public List<Long> drop(RetryFilter filter, String reason) {
        return each(filter, requestId -> {
            boolean dropped = jdbc.sql(DROP)
                            .param("requestId", requestId)
                            .param("reason", "dropped by an operator: " + reason)
                            .param("now", utc(clock.instant()))
                            .update()
                    == 1;
            if (dropped) {
                jdbc.sql(NO_NEXT_ATTEMPT).param("requestId", requestId).update();
            }
            return dropped;
        });
    }

    /** All that fit, in one commit: an operator's command is done or not done. */
    private List<Long> each(RetryFilter filter, Predicate<Long> change) {
        return Objects.requireNonNull(ownTransaction.execute(status -> list(filter, Integer.MAX_VALUE).stream()
                .map(Retry::requestId)
                .filter(change)
                .toList()));
    }

    private static Retry retry(ResultSet row) throws SQLException {
        Failure failure = new Failure(
                FailureKind.valueOf(row.getString("failure_kind")),
                row.getObject("http_status", Integer.class),
                row.getString("code"),
                row.getString("message"),
                row.getString("intercom_request_id"));
        return new Retry(
                row.getLong("request_id"),
                row.getString("parent_conversation_id"),
                row.getString("duplicate_conversation_id"),
                RequestStatus.valueOf(row.getString("status")),
                OperationKind.valueOf(row.getString("operation")),
                failure,
                row.getInt("attempts"),
                Objects.requireNonNull(instant(row, "first_failed_at")),
                Objects.requireNonNull(instant(row, "last_failed_at")),
                instant(row, "next_attempt_at"),
                row.getLong("job_execution_id"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
