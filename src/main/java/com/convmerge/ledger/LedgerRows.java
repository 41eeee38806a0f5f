package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes rows of the ledger, each as {@link LedgerState} allows it, within the transaction of its caller. */
record LedgerRows(JdbcClient jdbc, Clock clock) {
    private static final String INSERT = """
            INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,
                                         first_sent_at, last_sent_at, settled_at, remote_id, state_before, job_execution_id)
            VALUES (:key, :operation, :requestId, :conversation, :state, :reference, :attempts,
                    :now, :now, :settledAt, :remoteId, :stateBefore, :executionId)
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
             WHERE operation_key = :key AND state IN (:from) AND attempts = :attempts
            """;

    /** With an ellipsis behind it, the width of the column. */
    private static final int LONGEST_REMOTE_ID = 254;

    /** Writes SENT; false if the row is not as it was. Throws {@link DuplicateKeyException} if somebody else has claimed it first. */
    boolean claim(Claim claim, Instant now) {
        if (claim.previous() != null) {
            return claimAgain(claim, claim.previous(), now);
        }
        insert(claim, LedgerState.SENT, now, null);
        return true;
    }

    private boolean claimAgain(Claim claim, LedgerEntry before, Instant now) {
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

    /** Writes how an operation ended; false if somebody else has changed its row. */
    boolean write(Settlement settlement) {
        if (settlement instanceof Settlement.Ended ended) {
            return end(ended);
        }
        Settlement.Found found = (Settlement.Found) settlement;
        LedgerEntry before = found.claim().previous();
        Instant now = clock.instant();
        if (before == null) {
            insert(found.claim(), found.state(), now, found.remoteId());
            return true;
        }
        return end(new Settlement.Ended(before, found.state(), now, null, found.remoteId(), null));
    }

    /**
     * Writes how an attempt ended, unless somebody else has claimed the operation again or knows already. The answer to an attempt
     * stays true when a run that took over has found that attempt in doubt meanwhile.
     */
    private boolean end(Settlement.Ended ended) {
        LedgerEntry entry = ended.entry();
        checkTransition(entry, ended.state());
        Failure failure = ended.failure();
        boolean isAnswer = ended.state() == LedgerState.DONE && entry.state() == LedgerState.SENT;
        return jdbc.sql(SETTLE)
                        .param("key", entry.key().value())
                        .param(
                                "from",
                                isAnswer
                                        ? List.of(LedgerState.SENT.name(), LedgerState.IN_DOUBT.name())
                                        : List.of(entry.state().name()))
                        .param("attempts", entry.attempts())
                        .param("state", ended.state().name())
                        .param("now", SqlTime.utc(ended.at()))
                        .param("httpStatus", ended.httpStatus())
                        .param("remoteId", stored(ended.remoteId()))
                        .param("code", failure == null ? null : failure.code())
                        .param("message", failure == null ? null : failure.message())
                        .param("intercomRequestId", failure == null ? null : failure.intercomRequestId())
                        .update()
                == 1;
    }

    private void insert(Claim claim, LedgerState state, Instant now, @Nullable String remoteId) {
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
                .param("remoteId", stored(remoteId))
                .param("stateBefore", claim.stateBefore())
                .param("executionId", claim.executionId())
                .update();
    }

    /** An id of Intercom's is a few characters long. Whatever else an answer contains in its place must fit into the table. */
    private static @Nullable String stored(@Nullable String remoteId) {
        return remoteId == null ? null : OneLine.exact(remoteId, LONGEST_REMOTE_ID);
    }

    private static void checkTransition(LedgerEntry entry, LedgerState next) {
        if (!entry.state().mayBecome(next)) {
            throw new IllegalStateException(
                    "operation " + entry.key() + " is " + entry.state() + " and cannot become " + next);
        }
    }
}
