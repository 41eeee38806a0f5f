package com.convmerge.importing;

import com.convmerge.database.TimeLimits;
import com.convmerge.ledger.LedgerSearch;
import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.merge.ImportEntry;
import com.convmerge.merge.RequestStatus;
import com.convmerge.requests.Imports;
import com.convmerge.retries.Retries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The imports that there were. A wrong file is taken back here, as far as nothing of it was begun. */
public final class ImportHistory {
    private static final int ASKED_AT_ONCE = 1_000;

    private final Imports imports;
    private final LedgerSearch ledger;
    private final Retries retries;
    private final TransactionTemplate transaction;

    ImportHistory(Imports imports, LedgerSearch ledger, Retries retries, PlatformTransactionManager transactions) {
        this.imports = imports;
        this.ledger = ledger;
        this.retries = retries;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(TimeLimits.LONG);
    }

    /**
     * What an undo did.
     *
     * @param takenBack requests that were deleted
     * @param merged requests that stay because they are merged
     * @param begun requests that stay because the ledger has something of them: their duplicates may carry a note
     */
    public record Undone(long takenBack, long merged, long begun) {}

    /** All imports, the newest first. */
    public List<ImportEntry> all() {
        return Objects.requireNonNull(transaction.execute(status -> imports.all()));
    }

    /**
     * Deletes the requests of an import, but those that are merged or begun, in one commit. Throws {@link ConfigurationProblem} if
     * there is no such import, or nothing left to take back.
     *
     * @param checkNoRun throws if a run is under way; asked once the requests are held
     */
    public Undone takeBack(long importId, Runnable checkNoRun) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> takeBackAll(importId, checkNoRun)));
        } catch (DataIntegrityViolationException e) {
            throw new ConfigurationProblem("a request of import " + importId
                    + " was begun at this moment; nothing was taken back. Try it again when no run is under way");
        }
    }

    private Undone takeBackAll(long importId, Runnable checkNoRun) {
        if (!imports.lock(importId)) {
            throw new ConfigurationProblem("there is no import " + importId + "; see: import --list");
        }
        ImportEntry entry = imports.of(importId);
        if (entry.undoneAt() != null) {
            throw new ConfigurationProblem("import " + importId + " was taken back before (" + entry.takenBack()
                    + " of " + entry.added() + " requests); nothing was done. See: import --list");
        }
        Map<Long, RequestStatus> requests = imports.lockRequestsOf(importId);
        checkNoRun.run();
        if (requests.isEmpty()) {
            throw new ConfigurationProblem("import " + importId
                    + " has no requests: everything in its file was there already, or was deleted since");
        }
        List<Long> unmerged = requests.entrySet().stream()
                .filter(request -> request.getValue() != RequestStatus.MERGED)
                .map(Map.Entry::getKey)
                .toList();
        Set<Long> begun = begunOf(unmerged);
        List<Long> free = unmerged.stream().filter(id -> !begun.contains(id)).toList();
        if (!free.isEmpty()) {
            retries.remove(free);
            imports.takeBack(importId, free);
        }
        return new Undone(free.size(), requests.size() - unmerged.size(), begun.size());
    }

    private Set<Long> begunOf(List<Long> requestIds) {
        Set<Long> begun = new HashSet<>();
        for (int from = 0; from < requestIds.size(); from += ASKED_AT_ONCE) {
            begun.addAll(ledger.begunOf(
                    new ArrayList<>(requestIds.subList(from, Math.min(from + ASKED_AT_ONCE, requestIds.size())))));
        }
        return begun;
    }
}
