package com.convmerge.ledger;

import com.convmerge.database.TimeLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes to the ledger what all threads have gathered, in one transaction and with one trip to the disk. What fails together is
 * tried alone, each by its own thread, so that one request's trouble is its own.
 */
final class LedgerWriter {
    private final LedgerRows rows;
    private final DurableCommits durable;
    private final Clock clock;
    private final TransactionTemplate commit;
    /** Undoes what fails within it and nothing else. */
    private final TransactionTemplate savepoint;

    private final GroupCommit<Work, Written> group = new GroupCommit<>("ledger-", this::together);

    /**
     * What one thread wants to have written.
     *
     * @param earlier how operations ended
     * @param next the operation that is to be sent next; null if there is none
     * @param mayClaim whether this run may work on the database
     * @param alongside writes what else must be known after a crash; false if the operation must not be sent, and nothing is written
     */
    record Work(List<Settlement> earlier, @Nullable Claim next, BooleanSupplier mayClaim, BooleanSupplier alongside) {}

    /**
     * What was written.
     *
     * @param claimed the row of the operation that may be sent
     * @param unwritten the settlements that found their row changed
     */
    record Written(Optional<LedgerEntry> claimed, List<Settlement> unwritten) {}

    LedgerWriter(LedgerRows rows, PlatformTransactionManager transactions, DurableCommits durable, Clock clock) {
        this.rows = rows;
        this.durable = durable;
        this.clock = clock;
        this.commit = new TransactionTemplate(transactions);
        this.commit.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.commit.setTimeout(TimeLimits.CLAIM);
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Returns when it is committed and, if something was claimed, on the disk. */
    Written write(Work work) {
        return group.write(work).orElseGet(() -> alone(work));
    }

    private List<Written> together(List<Work> works) {
        return durable.committed(
                commit,
                () -> {
                    // Asked before the file is taken, because the lease may have to be renewed on another connection.
                    Set<Work> allowed = allowed(works);
                    return durable.undisturbed(() -> written(works, allowed));
                },
                written -> written.stream().anyMatch(one -> one.claimed().isPresent()));
    }

    /** Those whose run may work on the database. Each run is asked once. */
    private static Set<Work> allowed(List<Work> works) {
        Map<BooleanSupplier, Boolean> mayClaim = new IdentityHashMap<>();
        Set<Work> allowed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Work work : works) {
            if (work.next() != null && mayClaim.computeIfAbsent(work.mayClaim(), BooleanSupplier::getAsBoolean)) {
                allowed.add(work);
            }
        }
        return allowed;
    }

    private List<Written> written(List<Work> works, Set<Work> allowed) {
        Map<Settlement, Boolean> settled = settled(works);
        List<Optional<LedgerEntry>> claimed = claimed(works, allowed);
        List<Written> written = new ArrayList<>(works.size());
        for (int i = 0; i < works.size(); i++) {
            written.add(new Written(claimed.get(i), unwritten(works.get(i), settled)));
        }
        return written;
    }

    /** Writes all settlements; tells of each whether its row was as expected. */
    private Map<Settlement, Boolean> settled(List<Work> works) {
        List<Settlement> all =
                works.stream().flatMap(work -> work.earlier().stream()).toList();
        boolean[] isWritten = rows.write(all);
        Map<Settlement, Boolean> settled = new IdentityHashMap<>();
        for (int i = 0; i < isWritten.length; i++) {
            settled.put(all.get(i), isWritten[i]);
        }
        return settled;
    }

    private List<Optional<LedgerEntry>> claimed(List<Work> works, Set<Work> allowed) {
        Instant now = clock.instant();
        List<Claim> first = new ArrayList<>();
        List<Optional<LedgerEntry>> claimed = new ArrayList<>(works.size());
        for (Work work : works) {
            Claim next = work.next();
            boolean isAllowed = allowed.contains(work) && work.alongside().getAsBoolean();
            claimed.add(next != null && isAllowed ? claim(next, first, now) : Optional.empty());
        }
        rows.claim(first, now);
        return claimed;
    }

    /** @param first takes what was never begun, to be written at once in the end */
    private Optional<LedgerEntry> claim(Claim next, List<Claim> first, Instant now) {
        if (next.previous() == null) {
            first.add(next);
        } else if (!rows.claimAgain(next, now)) {
            return Optional.empty();
        }
        return Optional.of(LedgerEntry.sent(next, now));
    }

    private Written alone(Work work) {
        return durable.committed(
                commit,
                () -> {
                    boolean isAllowed = !allowed(List.of(work)).isEmpty();
                    return durable.undisturbed(() -> writtenAlone(work, isAllowed));
                },
                written -> written.claimed().isPresent());
    }

    private Written writtenAlone(Work work, boolean isAllowed) {
        Map<Settlement, Boolean> settled = settled(List.of(work));
        Claim next = work.next();
        Instant now = clock.instant();
        boolean isOurs = next != null && isAllowed && isClaimed(work, next, now);
        return new Written(
                next != null && isOurs ? Optional.of(LedgerEntry.sent(next, now)) : Optional.empty(),
                unwritten(work, settled));
    }

    private static List<Settlement> unwritten(Work work, Map<Settlement, Boolean> settled) {
        return work.earlier().stream()
                .filter(settlement -> !settled.getOrDefault(settlement, false))
                .toList();
    }

    /** What is refused here must not undo what is written in the same commit. */
    private boolean isClaimed(Work work, Claim next, Instant now) {
        try {
            return Objects.requireNonNull(savepoint.execute(status -> {
                boolean isOurs = work.alongside().getAsBoolean() && claim(next, now);
                if (!isOurs) {
                    status.setRollbackOnly();
                }
                return isOurs;
            }));
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean claim(Claim next, Instant now) {
        if (next.previous() != null) {
            return rows.claimAgain(next, now);
        }
        rows.claim(List.of(next), now);
        return true;
    }
}
