package com.convmerge.ledger;

import com.convmerge.merge.OperationKey;
import com.convmerge.merge.OperationKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The memory that outlives a crash. Each method commits on its own, apart from any chunk; those called within {@link
 * #together} commit as one.
 *
 * <p>A change that {@link LedgerState} has no arrow for, or that finds the row changed by somebody else, throws {@link
 * IllegalStateException}; a database that does not answer throws {@link org.springframework.dao.DataAccessException}.
 */
public interface Ledger {
    /** What was begun for a request. */
    Map<OperationKind, LedgerEntry> ofRequest(long requestId);

    Optional<LedgerEntry> find(OperationKey key);

    /** Notes on survivors that were begun and neither done nor refused, oldest first. */
    List<LedgerEntry> unsettledParentNotes();

    /** Writes SENT, before the call leaves; empty if somebody else has claimed the operation meanwhile. */
    Optional<LedgerEntry> claim(Claim claim);

    /** Writes SENT again over an entry that was looked up, not sent or refused; empty if somebody else did so meanwhile. */
    Optional<LedgerEntry> claimAgain(LedgerEntry entry, Claim claim);

    /** Writes how it ended. */
    LedgerEntry settle(LedgerEntry entry, Result result);

    /** Writes that there was nothing to do. */
    void notNeeded(Claim claim);

    /** Writes that the run which sent it is gone, so that it is in doubt. */
    LedgerEntry takeOver(LedgerEntry entry);

    /** Commits all that {@code changes} writes at once. */
    <T> T together(Supplier<T> changes);
}
