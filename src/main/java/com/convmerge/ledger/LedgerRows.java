package com.convmerge.ledger;

import com.convmerge.merge.Failure;
import com.convmerge.merge.OneLine;
import com.convmerge.merge.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes rows of the ledger, each as {@link LedgerState} allows it, within the transaction of its caller. */
record LedgerRows(JdbcTemplate jdbc, Clock clock) {
    private static final String INSERT = """
            INSERT INTO merge_operation (operation_key, operation, request_id, conversation_id, state, reference, attempts,
                                         first_sent_at, last_sent_at, settled_at, remote_id, state_before, snoozed_until,
                                         job_execution_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String CLAIM_AGAIN = """
            UPDATE merge_operation
               SET state = 'SENT', attempts = attempts + 1, last_sent_at = ?, settled_at = NULL, http_status = NULL,
                   code = NULL, message = NULL, intercom_request_id = NULL, state_before = ?,
                   snoozed_until = COALESCE(?, snoozed_until), job_execution_id = ?
             WHERE operation_key = ? AND state = ? AND attempts = ?
            """;

    private static final String SETTLE = """
            UPDATE merge_operation
               SET state = ?, settled_at = ?, http_status = ?, remote_id = ?, code = ?, message = ?,
                   intercom_request_id = ?
             WHERE operation_key = ? AND state IN (?, ?) AND attempts = ?
            """;

    /** With an ellipsis behind it, the width of the column. */
    private static final int LONGEST_REMOTE_ID = 254;

    /**
     * Writes SENT for operations that were never begun. Throws {@link org.springframework.dao.DuplicateKeyException} if somebody else
     * has claimed one of them first.
     */
    void claim(List<Claim> claims, Instant now) {
        jdbc.batchUpdate(
                INSERT,
                claims.stream()
                        .map(claim -> row(claim, LedgerState.SENT, now, null))
                        .toList());
    }

    /** Writes SENT for an operation that was begun before; false if the row is not as it was. */
    boolean claimAgain(Claim claim, Instant now) {
        LedgerEntry before = Objects.requireNonNull(claim.previous());
        checkTransition(before, LedgerState.SENT);
        return jdbc.update(
                        CLAIM_AGAIN,
                        SqlTime.utc(now),
                        claim.stateBefore(),
                        SqlTime.utcOrNull(claim.snoozedUntil()),
                        claim.executionId(),
                        claim.key().value(),
                        before.state().name(),
                        before.attempts())
                == 1;
    }

    /**
     * Writes how operations ended; false for each whose row somebody else has changed. The answer to an attempt stays true when a run
     * that took over has found that attempt in doubt meanwhile.
     */
    boolean[] write(List<Settlement> settlements) {
        Instant now = clock.instant();
        List<Object[]> begun = new ArrayList<>();
        List<Object[]> updates = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        boolean[] isWritten = new boolean[settlements.size()];
        for (int i = 0; i < isWritten.length; i++) {
            Settlement settlement = settlements.get(i);
            if (settlement instanceof Settlement.Found found && found.claim().previous() == null) {
                begun.add(row(found.claim(), found.state(), now, found.remoteId()));
                isWritten[i] = true;
            } else {
                updates.add(update(settlement, now));
                places.add(i);
            }
        }
        jdbc.batchUpdate(INSERT, begun);
        int[] counts = jdbc.batchUpdate(SETTLE, updates);
        for (int i = 0; i < counts.length; i++) {
            isWritten[places.get(i)] = counts[i] == 1;
        }
        return isWritten;
    }

    private static @Nullable Object[] update(Settlement settlement, Instant now) {
        Settlement.Ended ended;
        if (settlement instanceof Settlement.Found found) {
            LedgerEntry before = Objects.requireNonNull(found.claim().previous());
            ended = new Settlement.Ended(before, found.state(), now, null, found.remoteId(), null);
        } else {
            ended = (Settlement.Ended) settlement;
        }
        LedgerEntry entry = ended.entry();
        checkTransition(entry, ended.state());
        Failure failure = ended.failure();
        boolean isAnswer = ended.state() == LedgerState.DONE && entry.state() == LedgerState.SENT;
        return new @Nullable Object[] {
            ended.state().name(),
            SqlTime.utc(ended.at()),
            ended.httpStatus(),
            stored(ended.remoteId()),
            failure == null ? null : failure.code(),
            failure == null ? null : failure.message(),
            failure == null ? null : failure.intercomRequestId(),
            entry.key().value(),
            entry.state().name(),
            isAnswer ? LedgerState.IN_DOUBT.name() : entry.state().name(),
            entry.attempts()
        };
    }

    private static @Nullable Object[] row(Claim claim, LedgerState state, Instant now, @Nullable String remoteId) {
        return new @Nullable Object[] {
            claim.key().value(),
            claim.kind().column(),
            claim.requestId(),
            claim.conversation().value(),
            state.name(),
            claim.reference(),
            state == LedgerState.SENT ? 1 : 0,
            SqlTime.utc(now),
            SqlTime.utc(now),
            state.isSettled() ? SqlTime.utc(now) : null,
            stored(remoteId),
            claim.stateBefore(),
            SqlTime.utcOrNull(claim.snoozedUntil()),
            claim.executionId()
        };
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
