package com.convmerge.apply;

import com.convmerge.intercom.Conversation;
import com.convmerge.ledger.LedgerEntry;
import com.convmerge.merge.OperationKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known while one conversation is in hand; used by one thread. */
final class Hand {
    private final Map<OperationKind, LedgerEntry> entries;
    private @Nullable Conversation seen;
    private @Nullable Runnable owed;

    Hand(Map<OperationKind, LedgerEntry> entries) {
        this.entries = entries;
    }

    @Nullable
    LedgerEntry entry(OperationKind operation) {
        return entries.get(operation);
    }

    /** The conversation as an answer in this hand showed it; null if none did. */
    @Nullable
    Conversation seen() {
        return seen;
    }

    void saw(@Nullable Conversation conversation) {
        if (conversation != null) {
            seen = conversation;
        }
    }

    /** Keeps what is to be written to the ledger for the next commit, so that an answer and the next claim are one. */
    void owe(Runnable write) {
        Runnable before = owed;
        owed = before == null
                ? write
                : () -> {
                    before.run();
                    write.run();
                };
    }

    /** Writes what is owed; to be called within the commit that it belongs to. */
    void pay() {
        Runnable write = owed;
        owed = null;
        if (write != null) {
            write.run();
        }
    }

    boolean owes() {
        return owed != null;
    }
}
