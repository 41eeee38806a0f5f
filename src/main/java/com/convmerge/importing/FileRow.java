package com.convmerge.importing;

import com.convmerge.merge.NewRequest;
import com.convmerge.merge.Strategy;
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
record FileRow(long line, NewRequest request) {
    /** The row with these fields; empty if anything is wrong with it, which is added to {@code errors}. */
    static Optional<FileRow> of(FileRecord record, Columns columns, Inbox inbox, ImportErrors errors) {
        List<String> wrong = new ArrayList<>();
        List<String> fields = record.fields();
        NewRequest request = new NewRequest(
                conversation(Column.PARENT, record, columns, inbox, wrong),
                conversation(Column.DUPLICATE, record, columns, inbox, wrong),
                nullIfEmpty(columns.text(Column.REASON, fields)),
                nullIfEmpty(columns.text(Column.REQUESTED_BY, fields)),
                nullIfEmpty(columns.text(Column.EXTERNAL_REF, fields)),
                nullIfEmpty(columns.text(Column.STRATEGY, fields)));
        if (wrong.isEmpty() && request.parent().equals(request.duplicate())) {
            wrong.add("merges conversation " + request.parent() + " into itself");
        }
        textError(Column.REASON, request.reason(), RequestLimits.LONGEST_REASON).ifPresent(wrong::add);
        textError(Column.REQUESTED_BY, request.requestedBy(), RequestLimits.LONGEST_REQUESTED_BY)
                .ifPresent(wrong::add);
        textError(Column.EXTERNAL_REF, request.externalRef(), RequestLimits.LONGEST_EXTERNAL_REF)
                .ifPresent(wrong::add);
        Strategy.fault(columns.text(Column.STRATEGY, fields))
                .ifPresent(fault -> wrong.add(Column.STRATEGY.title() + " " + fault));
        wrong.forEach(error -> errors.add(record.line(), error));
        return wrong.isEmpty() ? Optional.of(new FileRow(record.line(), request)) : Optional.empty();
    }

    /** The id in a column; what is wrong with it is added to {@code wrong}. */
    private static String conversation(
            Column column, FileRecord record, Columns columns, Inbox inbox, List<String> wrong) {
        String cell = columns.text(column, record.fields());
        String shown = SpreadsheetId.in(cell);
        Optional<String> target = columns.link(column, record);
        boolean isShown = SpreadsheetId.fault(ConversationLink.idIn(shown)).isEmpty();
        String text = isShown ? shown : target.orElse(shown);
        Optional<ConversationLink> link = ConversationLink.of(text);
        String id = link.map(ConversationLink::id).orElse(text);
        NamedConversations.fault(cell, shown, target)
                .or(() -> SpreadsheetId.fault(id))
                .or(() -> link.flatMap(into -> inbox.fault(into, record.line())))
                .ifPresent(fault -> wrong.add(column.title() + " " + fault));
        return id;
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
