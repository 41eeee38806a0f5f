package com.convmerge.importing;

import com.convmerge.importing.CsvColumns.Column;
import com.convmerge.merge.ConversationId;
import com.convmerge.merge.NewRequest;
import com.convmerge.requests.RequestLimits;
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
record CsvRow(long line, NewRequest request) {
    /** The row with these fields; empty if anything is wrong with it, which is added to {@code errors}. */
    static Optional<CsvRow> of(List<String> fields, CsvColumns columns, long line, ImportErrors errors) {
        NewRequest request = new NewRequest(
                ConversationLink.idIn(columns.bareText(Column.PARENT, fields)),
                ConversationLink.idIn(columns.bareText(Column.DUPLICATE, fields)),
                nullIfEmpty(columns.text(Column.REASON, fields)),
                nullIfEmpty(columns.text(Column.REQUESTED_BY, fields)),
                nullIfEmpty(columns.text(Column.EXTERNAL_REF, fields)));
        List<String> wrong = errorsIn(request);
        wrong.forEach(error -> errors.add(line, error));
        return wrong.isEmpty() ? Optional.of(new CsvRow(line, request)) : Optional.empty();
    }

    private static List<String> errorsIn(NewRequest request) {
        List<String> errors = new ArrayList<>();
        idError(Column.PARENT, request.parent()).ifPresent(errors::add);
        idError(Column.DUPLICATE, request.duplicate()).ifPresent(errors::add);
        if (errors.isEmpty() && request.parent().equals(request.duplicate())) {
            errors.add("merges conversation " + request.parent() + " into itself");
        }
        textError(Column.REASON, request.reason(), RequestLimits.LONGEST_REASON).ifPresent(errors::add);
        textError(Column.REQUESTED_BY, request.requestedBy(), RequestLimits.LONGEST_REQUESTED_BY)
                .ifPresent(errors::add);
        textError(Column.EXTERNAL_REF, request.externalRef(), RequestLimits.LONGEST_EXTERNAL_REF)
                .ifPresent(errors::add);
        return errors;
    }

    private static Optional<String> idError(Column column, String id) {
        return ConversationLink.fault(id).or(() -> ConversationId.fault(id)).map(fault -> column.title() + " " + fault);
    }

    private static Optional<String> textError(Column column, @Nullable String text, int longest) {
        String given = Objects.requireNonNullElse(text, "");
        // PostgreSQL stores every character but this one.
        return given.indexOf('\0') >= 0
                ? Optional.of(column.title() + " contains a NUL character")
                : RequestLimits.tooLong(column.title(), given.length(), longest);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
