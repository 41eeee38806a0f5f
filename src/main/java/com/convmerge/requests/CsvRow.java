package com.convmerge.requests;

import com.convmerge.merge.ConversationId;
import com.convmerge.requests.CsvColumns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file that is fit for the input table.
 *
 * @param line where it begins in the file
 */
record CsvRow(
        long line,
        String parent,
        String duplicate,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable String externalRef) {
    /** The row with these fields; empty if anything is wrong with it, which goes to {@code faults}. */
    static Optional<CsvRow> of(List<String> fields, CsvColumns columns, long line, ImportErrors faults) {
        CsvRow row = new CsvRow(
                line,
                ConversationLink.idIn(columns.text(Column.PARENT, fields)),
                ConversationLink.idIn(columns.text(Column.DUPLICATE, fields)),
                nullIfEmpty(columns.text(Column.REASON, fields)),
                nullIfEmpty(columns.text(Column.REQUESTED_BY, fields)),
                nullIfEmpty(columns.text(Column.EXTERNAL_REF, fields)));
        List<String> wrong = row.faults();
        wrong.forEach(fault -> faults.add(line, fault));
        return wrong.isEmpty() ? Optional.of(row) : Optional.empty();
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        idFault(Column.PARENT, parent).ifPresent(faults::add);
        idFault(Column.DUPLICATE, duplicate).ifPresent(faults::add);
        if (faults.isEmpty() && parent.equals(duplicate)) {
            faults.add("merges conversation " + parent + " into itself");
        }
        textFault(Column.REASON, reason, RequestRow.LONGEST_REASON).ifPresent(faults::add);
        textFault(Column.REQUESTED_BY, requestedBy, RequestRow.LONGEST_REQUESTED_BY)
                .ifPresent(faults::add);
        textFault(Column.EXTERNAL_REF, externalRef, RequestRow.LONGEST_EXTERNAL_REF)
                .ifPresent(faults::add);
        return faults;
    }

    private static Optional<String> idFault(Column column, String id) {
        return ConversationLink.fault(id).or(() -> ConversationId.fault(id)).map(fault -> column.title() + " " + fault);
    }

    private static Optional<String> textFault(Column column, @Nullable String text, int longest) {
        String given = Objects.requireNonNullElse(text, "");
        // PostgreSQL stores every character but this one.
        return given.indexOf('\0') >= 0
                ? Optional.of(column.title() + " contains a NUL character")
                : RequestRow.tooLong(column.title(), given.length(), longest);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
