package com.convmerge.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Records, immediately before each commit, what another connection sees. Releasing a savepoint is no commit. */
final class ObservedTransactions implements PlatformTransactionManager {
    private final PlatformTransactionManager observed;
    private final Supplier<String> seenByAnother;
    private final List<String> beforeCommits = new ArrayList<>();

    ObservedTransactions(PlatformTransactionManager observed, Supplier<String> seenByAnother) {
        this.observed = observed;
        this.seenByAnother = seenByAnother;
    }

    /** One element for each commit. */
    List<String> beforeCommits() {
        return List.copyOf(beforeCommits);
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return observed.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        if (status.isNewTransaction()) {
            beforeCommits.add(seenByAnother.get());
        }
        observed.commit(status);
    }

    @Override
    public void rollback(TransactionStatus status) {
        observed.rollback(status);
    }
}
