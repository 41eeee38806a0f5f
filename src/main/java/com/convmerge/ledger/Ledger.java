package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The record of what was sent, which survives a crash. {@link #claim} and {@link #settle} each are one commit of their own,
 * apart from any transaction around them.
 *
 * <p>A change that {@link LedgerState} does not allow, or that finds the row changed by somebody else, throws {@link
 * IllegalStateException}. A database that does not answer throws {@link org.springframework.dao.DataAccessException}.
 */
public final class Ledger {
    private static final String OF_REQUEST =
            "SELECT * FROM merge_operation WHERE request_id = :requestId ORDER BY first_sent_at, operation_key";

    private static final String BY_KEY = "SELECT * FROM merge_operation WHERE operation_key = :key";

    private static final String UNSETTLED_SURVIVOR_NOTES = """
            SELECT * FROM merge_operation
             WHERE operation = 'PARENT_NOTE' AND state IN ('SENT', 'IN_DOUBT', 'NOT_SENT')
             ORDER BY first_sent_at, operation_key
            """;

    private static final String BEGUN_REQUESTS = """
            SELECT request_id FROM merge_operation
             WHERE operation = 'NOTE' AND state IN ('SENT', 'IN_DOUBT', 'DONE') AND request_id IS NOT NULL
            """;

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

    private static final int FETCHED_AT_ONCE = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate commit;
    /** Undoes what fails within it and nothing else. */
    private final TransactionTemplate savepoint;

    private final Clock clock;

    Ledger(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.commit = new TransactionTemplate(transactions);
        this.commit.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.clock = clock;
    }

    /** What was begun for a request, oldest first. */
    public List<LedgerEntry> ofRequest(long requestId) {
        return jdbc.sql(OF_REQUEST)
                .param("requestId", requestId)
                .query((row, n) -> LedgerEntry.of(row))
                .list();
    }

    /** The row of an operation; empty if it was never begun. */
    public Optional<LedgerEntry> find(OperationKey key) {
        return jdbc.sql(BY_KEY)
                .param("key", key.value())
                .query((row, n) -> LedgerEntry.of(row))
                .optional();
    }

    /** Notes on survivors that were begun and are neither done nor refused, oldest first. */
    public List<LedgerEntry> unsettledSurvivorNotes() {
        return jdbc.sql(UNSETTLED_SURVIVOR_NOTES)
                .query((row, n) -> LedgerEntry.of(row))
                .list();
    }

    /** Tells of a request whether its note is, or may be, on its duplicate: as of now, held in memory. */
    public LongPredicate begunRequests() {
        LongStream.Builder found = LongStream.builder();
        // PostgreSQL sends rows in portions only within a transaction.
        commit.executeWithoutResult(status -> jdbc.sql(BEGUN_REQUESTS)
                .withFetchSize(FETCHED_AT_ONCE)
                .query(row -> {
                    found.add(row.getLong("request_id"));
                }));
        long[] begun = found.build().sorted().toArray();
        return requestId -> Arrays.binarySearch(begun, requestId) >= 0;
    }

    /**
     * Writes SENT for the next operation on a conversation, before its call leaves, together with how the operations before it
     * ended: one commit.
     *
     * @return the row; empty if somebody else has claimed the operation meanwhile, while {@code earlier} is written all the same
     */
    public Optional<LedgerEntry> claim(List<Settlement> earlier, Claim next) {
        return Objects.requireNonNull(commit.execute(status -> {
            earlier.forEach(this::write);
            Instant now = clock.instant();
            boolean isOurs = next.previous() == null ? insertUnlessThere(next, now) : claimAgain(next, now);
            return isOurs ? Optional.of(LedgerEntry.sent(next, now)) : Optional.<LedgerEntry>empty();
        }));
    }

    /** Writes down how operations ended: one commit. */
    public void settle(List<Settlement> settlements) {
        if (!settlements.isEmpty()) {
            commit.executeWithoutResult(status -> settlements.forEach(this::write));
        }
    }

    private boolean insertUnlessThere(Claim claim, Instant now) {
        try {
            // The row of somebody else must not undo what is written in the same commit.
            savepoint.executeWithoutResult(status -> insert(claim, LedgerState.SENT, now));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean claimAgain(Claim claim, Instant now) {
        LedgerEntry before = Objects.requireNonNull(claim.previous());
        checkTransition(before, LedgerState.SENT);
        return jdbc.sql(CLAIM_AGAIN)
                        .param("key", claim.key().value())
                        .param("from", before.state().name())
                        .param("attempts", before.attempts())
                        .param("now", SqlTime.utc(now))
                        .param("stateBefore", claim.stateBefore())
                        .param("executionId", claim.executionId())
                        .update()
                == 1;
    }

    private void write(Settlement settlement) {
        if (settlement instanceof Settlement.Ended ended) {
            end(ended);
            return;
        }
        Claim claim = ((Settlement.NotNeeded) settlement).claim();
        LedgerEntry before = claim.previous();
        if (before == null) {
            insert(claim, LedgerState.NOT_NEEDED, clock.instant());
        } else {
            end(new Settlement.Ended(before, LedgerState.NOT_NEEDED, null, null, null));
        }
    }

    private void end(Settlement.Ended ended) {
        LedgerEntry entry = ended.entry();
        checkTransition(entry, ended.state());
        Failure failure = ended.failure();
        int rows = jdbc.sql(SETTLE)
                .param("key", entry.key().value())
                .param("from", entry.state().name())
                .param("attempts", entry.attempts())
                .param("state", ended.state().name())
                .param("now", SqlTime.utc(clock.instant()))
                .param("httpStatus", ended.httpStatus())
                .param("remoteId", ended.remoteId())
                .param("code", failure == null ? null : failure.code())
                .param("message", failure == null ? null : failure.message())
                .param("intercomRequestId", failure == null ? null : failure.intercomRequestId())
                .update();
        if (rows != 1) {
            throw new IllegalStateException("operation " + entry.key() + " was " + entry.state() + " at attempt "
                    + entry.attempts() + " and is so no more: something else works on it");
        }
    }

    private void insert(Claim claim, LedgerState state, Instant now) {
        jdbc.sql(INSERT)
                .param("key", claim.key().value())
                .param("operation", claim.kind().column())
                .param("requestId", claim.requestId())
                .param("conversation", claim.conversation().value())
                .param("state", state.name())
                .param("reference", claim.reference())
                .param("attempts", state == LedgerState.SENT ? 1 : 0)
                .param("now", SqlTime.utc(now))
                .param("settledAt", state.isSettled() ? SqlTime.utc(now) : null)
                .param("stateBefore", claim.stateBefore())
                .param("executionId", claim.executionId())
                .update();
    }

    private static void checkTransition(LedgerEntry entry, LedgerState next) {
        if (!entry.state().mayBecome(next)) {
            throw new IllegalStateException(
                    "operation " + entry.key() + " is " + entry.state() + " and cannot become " + next);
        }
    }
}
