package com.convmerge.requests;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the merge requests of a CSV file into the input table: all of them in one commit, or none. */
public final class CsvImport {
    private static final int ROWS_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    CsvImport(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Adds what is new in the file. Throws {@link FaultyImport} if anything in it is wrong, and
     * {@link com.convmerge.merge.ConfigurationProblem} if it is empty, cannot be read, or is imported by somebody else at the
     * same time; nothing was written then.
     *
     * @param in is read once, never held as a whole, and left open
     * @param name of the file, for messages
     */
    public ImportResult importFrom(InputStream in, String name) {
        return Objects.requireNonNull(transaction.execute(status -> addAll(in, name)));
    }

    private ImportResult addAll(InputStream in, String name) {
        ImportErrors faults = new ImportErrors();
        CsvRows file = new CsvRows(in, name, faults);
        MissingRequests table = new MissingRequests(jdbc, name, faults);
        long added = 0;
        long alreadyThere = 0;
        if (!faults.any()) {
            for (List<CsvRow> rows = file.next(ROWS_AT_ONCE); !rows.isEmpty(); rows = file.next(ROWS_AT_ONCE)) {
                int missing = table.addMissing(rows);
                added += missing;
                alreadyThere += rows.size() - missing;
            }
        }
        if (faults.any()) {
            throw faults.of(name);
        }
        return new ImportResult(added, alreadyThere, file.ignoredColumns());
    }
}
