package com.convmerge.ledger;

import com.convmerge.merge.OperationKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the ledger with all that is written in it, for people. */
public record LedgerRow(
        String key,
        OperationKind operation,
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
        long executionId) {}
