package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.ledger.Settlement;
import com.convmerge.merge.OperationKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread knows while it works on one conversation: what the ledger says, what the last answer showed, and how operations
 * ended that the ledger does not have yet. These are written with the next claim, so that an answer and a claim are one commit.
 */
final class LedgerSession {
    private final List<LedgerEntry> entries;
    private final long executionId;
    private final List<Settlement> unwritten = new ArrayList<>();
    private @Nullable Conversation seen;

    LedgerSession(List<LedgerEntry> entries, long executionId) {
        this.entries = entries;
        this.executionId = executionId;
    }

    long executionId() {
        return executionId;
    }

    /** What the ledger says about an operation; null if it was never begun. */
    @Nullable
    LedgerEntry entry(OperationKind kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    /** The conversation as the last answer showed it; null if none did. */
    @Nullable
    Conversation seen() {
        return seen;
    }

    void saw(@Nullable Conversation conversation) {
        if (conversation != null) {
            seen = conversation;
        }
    }

    /** Keeps how an operation ended until the next commit. */
    void ended(Settlement settlement) {
        unwritten.add(settlement);
    }

    /** Hands over what is to be written in the next commit. */
    List<Settlement> takeUnwritten() {
        List<Settlement> taken = List.copyOf(unwritten);
        unwritten.clear();
        return taken;
    }
}
