package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.Failure;
import com.convmerge.merge.FailureKind;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link Ledger} in the table {@code merge_operation}. */
final class JdbcLedger implements Ledger {
    private static final String COLUMNS =
            "operation_key, operation, request_id, conversation_id, state, reference, attempts,"
                    + " first_sent_at, last_sent_at";

    private static final String OF_REQUEST =
            "SELECT " + COLUMNS + " FROM merge_operation WHERE request_id = :requestId";

    private static final String BY_KEY = "SELECT " + COLUMNS + " FROM merge_operation WHERE operation_key = :key";

    private static final String UNSETTLED_PARENT_NOTES = "SELECT " + COLUMNS + " FROM merge_operation"
            + " WHERE operation = 'PARENT_NOTE' AND state IN ('SENT', 'IN_DOUBT', 'NOT_SENT')"
            + " ORDER BY first_sent_at, operation_key";

    private static final String INSERT = """
            INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,
                                         first_sent_at, last_sent_at, settled_at, state_before, job_execution_id)
            VALUES (:key, :operation, :requestId, :conversation, :state, :reference, :attempts,
                    :now, :now, :settledAt, :stateBefore, :executionId)
            """;

    private static final String CLAIM_AGAIN = """
            UPDATE merge_operation
               SET state = 'SENT', attempts = attempts + 1, last_sent_at = :now, settled_at = NULL, http_status = NULL,
                   code = NULL, message = NULL, intercom_request_id = NULL, state_before = :stateBefore,
                   job_execution_id = :executionId
             WHERE operation_key = :key AND state = :from AND attempts = :attempts
            """;

    private static final String SETTLE = """
            UPDATE merge_operation
               SET state = :state, settled_at = :now, http_status = :httpStatus, remote_id = :remoteId, code = :code,
                   message = :message, intercom_request_id = :intercomRequestId
             WHERE operation_key = :key AND state = :from AND attempts = :attempts
            """;

    /** By this name a transaction of {@link #together} is told from a chunk's. */
    private static final String OURS = "ledger";

    private final JdbcClient jdbc;
    private final TransactionTemplate own;
    private final TransactionTemplate joined;
    /** Undoes what fails within it and nothing else. */
    private final TransactionTemplate savepoint;

    private final Clock clock;

    JdbcLedger(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.own = transaction(transactions, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.joined = transaction(transactions, TransactionDefinition.PROPAGATION_MANDATORY);
        this.savepoint = transaction(transactions, TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    private static TransactionTemplate transaction(PlatformTransactionManager transactions, int propagation) {
        TransactionTemplate template = new TransactionTemplate(transactions);
        template.setName(OURS);
        template.setPropagationBehavior(propagation);
        return template;
    }

    @Override
    public Map<OperationKind, LedgerEntry> ofRequest(long requestId) {
        Map<OperationKind, LedgerEntry> entries = new EnumMap<>(OperationKind.class);
        jdbc.sql(OF_REQUEST)
                .param("requestId", requestId)
                .query((row, n) -> entry(row))
                .list()
                .forEach(entry -> entries.put(entry.operation(), entry));
        return entries;
    }

    @Override
    public Optional<LedgerEntry> find(OperationKey key) {
        return jdbc.sql(BY_KEY)
                .param("key", key.value())
                .query((row, n) -> entry(row))
                .optional();
    }

    @Override
    public List<LedgerEntry> unsettledParentNotes() {
        return jdbc.sql(UNSETTLED_PARENT_NOTES).query((row, n) -> entry(row)).list();
    }

    @Override
    public Optional<LedgerEntry> claim(Claim claim) {
        Instant now = clock.instant();
        try {
            // Somebody else's claim must not cost what was written together with ours.
            ownOr(savepoint, () -> insert(claim, LedgerState.SENT, now));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        return Optional.of(new LedgerEntry(
                claim.key(),
                claim.operation(),
                claim.requestId(),
                claim.conversation(),
                LedgerState.SENT,
                claim.reference(),
                1,
                now,
                now));
    }

    @Override
    public Optional<LedgerEntry> claimAgain(LedgerEntry entry, Claim claim) {
        checkArrow(entry, LedgerState.SENT);
        Instant now = clock.instant();
        int claimed = together(() -> jdbc.sql(CLAIM_AGAIN)
                .param("key", entry.key().value())
                .param("from", entry.state().name())
                .param("attempts", entry.attempts())
                .param("now", utc(now))
                .param("stateBefore", claim.stateBefore())
                .param("executionId", claim.executionId())
                .update());
        return claimed == 1 ? Optional.of(entry.sentAgain(now)) : Optional.empty();
    }

    @Override
    public LedgerEntry settle(LedgerEntry entry, Result result) {
        checkArrow(entry, result.state());
        Failure failure = result.failure();
        int settled = together(() -> jdbc.sql(SETTLE)
                .param("key", entry.key().value())
                .param("from", entry.state().name())
                .param("attempts", entry.attempts())
                .param("state", result.state().name())
                .param("now", utc(clock.instant()))
                .param("httpStatus", result.httpStatus())
                .param("remoteId", result.remoteId())
                .param("code", failure == null ? null : failure.code())
                .param("message", failure == null ? null : failure.message())
                .param("intercomRequestId", failure == null ? null : failure.intercomRequestId())
                .update());
        if (settled != 1) {
            throw new IllegalStateException("operation " + entry.key() + " was " + entry.state() + " at attempt "
                    + entry.attempts() + " and is so no more: something else works on it");
        }
        return entry.in(result.state());
    }

    @Override
    public void notNeeded(Claim claim) {
        Optional<LedgerEntry> before = find(claim.key());
        if (before.isPresent()) {
            settle(before.get(), new Result(LedgerState.NOT_NEEDED, null, null, null));
        } else {
            together(() -> insert(claim, LedgerState.NOT_NEEDED, clock.instant()));
        }
    }

    @Override
    public LedgerEntry takeOver(LedgerEntry entry) {
        Failure gone = Failure.withoutAnswer(
                FailureKind.IN_DOUBT, "run_ended", "the run that sent it ended before the answer");
        return settle(entry, Result.failed(LedgerState.IN_DOUBT, gone));
    }

    @Override
    public <T> T together(Supplier<T> changes) {
        return ownOr(joined, changes);
    }

    private <T> T ownOr(TransactionTemplate withinOurs, Supplier<T> changes) {
        boolean isWithinOurs = OURS.equals(TransactionSynchronizationManager.getCurrentTransactionName());
        TransactionTemplate transaction = isWithinOurs ? withinOurs : own;
        return Objects.requireNonNull(transaction.execute(status -> changes.get()));
    }

    private int insert(Claim claim, LedgerState state, Instant now) {
        return jdbc.sql(INSERT)
                .param("key", claim.key().value())
                .param("operation", claim.operation().name())
                .param("requestId", claim.requestId())
                .param("conversation", claim.conversation().value())
                .param("state", state.name())
                .param("reference", claim.reference())
                .param("attempts", state == LedgerState.SENT ? 1 : 0)
                .param("now", utc(now))
                .param("settledAt", state.isSettled() ? utc(now) : null)
                .param("stateBefore", claim.stateBefore())
                .param("executionId", claim.executionId())
                .update();
    }

    private static void checkArrow(LedgerEntry entry, LedgerState next) {
        if (!entry.state().mayBecome(next)) {
            throw new IllegalStateException(
                    "operation " + entry.key() + " is " + entry.state() + " and cannot become " + next);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException {
        @Nullable Long requestId = row.getObject("request_id", Long.class);
        return new LedgerEntry(
                new OperationKey(row.getString("operation_key")),
                OperationKind.valueOf(row.getString("operation")),
                requestId,
                new ConversationId(row.getString("conversation_id")),
                LedgerState.valueOf(row.getString("state")),
                row.getString("reference"),
                row.getInt("attempts"),
                row.getObject("first_sent_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_sent_at", OffsetDateTime.class).toInstant());
    }
}
