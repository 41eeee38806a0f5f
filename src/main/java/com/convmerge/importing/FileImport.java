package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import com.convmerge.requests.Imports;
import com.convmerge.requests.NewRequests;
import com.convmerge.requests.NewRequests.Conflict;
import com.convmerge.requests.PendingRequests;
import com.convmerge.requests.WorkspaceBinding;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the merge requests of a file into the input table: all of them in one commit, or none. */
public final class FileImport {
    private static final int ROWS_AT_ONCE = 1_000;

    private final NewRequests newRequests;
    private final PendingRequests requests;
    private final Imports imports;
    private final InboxOfWorkspace inbox;
    private final WorkspaceBinding binding;
    private final TransactionTemplate transaction;

    FileImport(
            NewRequests newRequests,
            PendingRequests requests,
            Imports imports,
            InboxOfWorkspace inbox,
            WorkspaceBinding binding,
            PlatformTransactionManager transactions) {
        this.newRequests = newRequests;
        this.requests = requests;
        this.imports = imports;
        this.inbox = inbox;
        this.binding = binding;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Adds what is new in the file. Throws {@link FaultyImport} if anything in it is wrong, and {@link ConfigurationProblem} if
     * it is empty, cannot be read, or is imported by somebody else at the same time. Nothing is written then.
     *
     * @param in is read once and left open; a text is never held as a whole
     * @param name of the file, for messages and for the list of imports
     */
    public ImportResult importFrom(InputStream in, String name, ImportOptions options) {
        return inOneCommit(name, () -> addAll(in, name, options, inbox.now()));
    }

    /**
     * The same for the sandbox's own database, which belongs to the sandbox's workspace from then on. Links may lead into any
     * workspace: a file of the real one is tried out there.
     *
     * @param appIdCode the sandbox's workspace
     */
    public ImportResult importIntoSandbox(InputStream in, String name, ImportOptions options, String appIdCode) {
        return inOneCommit(name, () -> {
            binding.bind(appIdCode);
            return addAll(in, name, options, Inbox.any());
        });
    }

    private ImportResult inOneCommit(String name, Supplier<ImportResult> addAll) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> addAll.get()));
        } catch (DuplicateKeyException e) {
            throw new ConfigurationProblem("somebody else added requests of " + name
                    + " while it was being imported; nothing was added. Import it again");
        }
    }

    private ImportResult addAll(InputStream in, String name, ImportOptions options, Inbox into) {
        ImportErrors errors = new ImportErrors();
        FileRows file = new FileRows(in, name, options, into, errors);
        long lastIdBefore = requests.lastId();
        Long importId = null;
        long added = 0;
        long alreadyThere = 0;
        if (!errors.any()) {
            for (List<FileRow> rows = file.next(ROWS_AT_ONCE); !rows.isEmpty(); rows = file.next(ROWS_AT_ONCE)) {
                // A file that is refused uses up no number if its first rows show it.
                importId = importId == null && !errors.any() ? Long.valueOf(imports.begin(name)) : importId;
                int missing = addMissing(rows, importId, errors, lastIdBefore);
                added += missing;
                alreadyThere += rows.size() - missing;
            }
        }
        if (errors.any()) {
            throw errors.of(name, file.understood());
        }
        long id = importId == null ? imports.begin(name) : importId;
        imports.end(id, added, alreadyThere, into.linked());
        return new ImportResult(id, added, alreadyThere, file.hiddenRows(), file.understood(), file.ignoredColumns());
    }

    private int addMissing(List<FileRow> rows, @Nullable Long importId, ImportErrors errors, long lastIdBefore) {
        List<Conflict> conflicts = new ArrayList<>();
        int missing =
                newRequests.insertMissing(rows.stream().map(FileRow::request).toList(), importId, conflicts);
        for (Conflict conflict : conflicts) {
            FileRow row = rows.get(conflict.row());
            errors.add(
                    row.line(),
                    "external_ref " + row.request().externalRef() + " stands for another pair: "
                            + where(conflict, rows, lastIdBefore) + " has it for "
                            + conflict.holder().duplicate() + " into "
                            + conflict.holder().parent());
        }
        return missing;
    }

    private static String where(Conflict conflict, List<FileRow> rows, long lastIdBefore) {
        Integer earlierRow = conflict.earlierRow();
        if (earlierRow != null) {
            return "line " + rows.get(earlierRow).line();
        }
        long id = Objects.requireNonNull(conflict.requestId());
        return id <= lastIdBefore ? "request " + id : "a line before";
    }
}
