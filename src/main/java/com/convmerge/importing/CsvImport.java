package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.requests.NewRequests;
import com.convmerge.requests.NewRequests.Conflict;
import com.convmerge.requests.PendingRequests;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the merge requests of a CSV file into the input table: all of them in one commit, or none. */
public final class CsvImport {
    private static final int ROWS_AT_ONCE = 1_000;

    private final NewRequests newRequests;
    private final PendingRequests requests;
    private final TransactionTemplate transaction;

    CsvImport(NewRequests newRequests, PendingRequests requests, PlatformTransactionManager transactions) {
        this.newRequests = newRequests;
        this.requests = requests;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Adds what is new in the file. Throws {@link FaultyImport} if anything in it is wrong, and {@link ConfigurationProblem} if
     * it is empty, cannot be read, or is imported by somebody else at the same time. Nothing is written then.
     *
     * @param in is read once, never held as a whole, and left open
     * @param name of the file, for messages
     */
    public ImportResult importFrom(InputStream in, String name) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> addAll(in, name)));
        } catch (DuplicateKeyException e) {
            throw new ConfigurationProblem("somebody else added requests of " + name
                    + " while it was being imported; nothing was added. Import it again");
        }
    }

    private ImportResult addAll(InputStream in, String name) {
        ImportErrors errors = new ImportErrors();
        CsvRows file = new CsvRows(in, name, errors);
        long lastIdBefore = requests.lastId();
        long added = 0;
        long alreadyThere = 0;
        if (!errors.any()) {
            for (List<CsvRow> rows = file.next(ROWS_AT_ONCE); !rows.isEmpty(); rows = file.next(ROWS_AT_ONCE)) {
                int missing = addMissing(rows, errors, lastIdBefore);
                added += missing;
                alreadyThere += rows.size() - missing;
            }
        }
        if (errors.any()) {
            throw errors.of(name);
        }
        return new ImportResult(added, alreadyThere, file.ignoredColumns());
    }

    private int addMissing(List<CsvRow> rows, ImportErrors errors, long lastIdBefore) {
        List<Conflict> conflicts = new ArrayList<>();
        int missing =
                newRequests.insertMissing(rows.stream().map(CsvRow::request).toList(), conflicts);
        for (Conflict conflict : conflicts) {
            CsvRow row = rows.get(conflict.row());
            errors.add(
                    row.line(),
                    "external_ref " + row.request().externalRef() + " stands for another pair: "
                            + where(conflict, rows, lastIdBefore) + " has it for "
                            + conflict.holder().duplicate() + " into "
                            + conflict.holder().parent());
        }
        return missing;
    }

    private static String where(Conflict conflict, List<CsvRow> rows, long lastIdBefore) {
        Integer earlierRow = conflict.earlierRow();
        if (earlierRow != null) {
            return "line " + rows.get(earlierRow).line();
        }
        long id = Objects.requireNonNull(conflict.requestId());
        return id <= lastIdBefore ? "request " + id : "a line before";
    }
}
