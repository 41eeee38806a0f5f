package com.convmerge.ledger;

import com.convmerge.merge.ConversationId;
import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import com.convmerge.merge.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger.
 *
 * @param requestId null for an operation on a survivor
 * @param reference the text by which the note is found again; for a merge by Intercom the conversation that it goes into; else null
 * @param attempts how often it was claimed
 * @param settledAt when its last call ended; null while that is not written down
 * @param remoteId Intercom's id of the note's part or of the tag
 * @param stateBefore the conversation's state before it; null if nobody knows
 * @param snoozedUntil until when the conversation was snoozed before it; null if it was not, or nobody knows
 * @param executionId the Spring Batch execution that claimed it last
 */
public record LedgerEntry(
        OperationKey key,
        OperationKind kind,
        @Nullable Long requestId,
        ConversationId conversation,
        LedgerState state,
        @Nullable String reference,
        int attempts,
        Instant firstSentAt,
        Instant lastSentAt,
        @Nullable Instant settledAt,
        @Nullable Integer httpStatus,
        @Nullable String code,
        @Nullable String message,
        @Nullable String intercomRequestId,
        @Nullable String remoteId,
        @Nullable String stateBefore,
        @Nullable Instant snoozedUntil,
        long executionId) {

    /** The row that a successful claim writes. */
    static LedgerEntry sent(Claim claim, Instant now) {
        LedgerEntry before = claim.previous();
        return new LedgerEntry(
                claim.key(),
                claim.kind(),
                claim.requestId(),
                claim.conversation(),
                LedgerState.SENT,
                before == null ? claim.reference() : before.reference(),
                before == null ? 1 : before.attempts() + 1,
                before == null ? now : before.firstSentAt(),
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                claim.stateBefore(),
                claim.snoozedUntil() == null && before != null ? before.snoozedUntil() : claim.snoozedUntil(),
                claim.executionId());
    }

    static LedgerEntry of(ResultSet row) throws SQLException {
        return new LedgerEntry(
                new OperationKey(row.getString("operation_key")),
                OperationKind.ofColumn(row.getString("operation")),
                row.getObject("request_id", Long.class),
                new ConversationId(row.getString("conversation_id")),
                LedgerState.valueOf(row.getString("state")),
                row.getString("reference"),
                row.getInt("attempts"),
                SqlTime.instant(row, "first_sent_at"),
                SqlTime.instant(row, "last_sent_at"),
                SqlTime.nullable(row, "settled_at"),
                row.getObject("http_status", Integer.class),
                row.getString("code"),
                row.getString("message"),
                row.getString("intercom_request_id"),
                row.getString("remote_id"),
                row.getString("state_before"),
                SqlTime.nullable(row, "snoozed_until"),
                row.getLong("job_execution_id"));
    }

    /** The same row in the state {@code next}, into which it came at {@code at}, for what is decided next about it. */
    public LedgerEntry in(LedgerState next, Instant at) {
        return new LedgerEntry(
                key,
                kind,
                requestId,
                conversation,
                next,
                reference,
                attempts,
                firstSentAt,
                lastSentAt,
                at,
                httpStatus,
                code,
                message,
                intercomRequestId,
                remoteId,
                stateBefore,
                snoozedUntil,
                executionId);
    }
}
