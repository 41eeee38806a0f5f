package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The rows of a file, one after the other. What is wrong with a row goes to the errors, and the row is left out. */
final class FileRows {
    private final String name;
    private final ImportErrors errors;
    private final Inbox inbox;
    private final HeaderSearch.Header header;
    private @Nullable Records records;
    private String format = "";
    private final CutNumbers cutNumbers = new CutNumbers();
    private long lastLine = 1;
    private long hiddenRows;

    /**
     * Reads the header.
     *
     * @param name of the file, for messages
     * @param inbox where its links must lead
     */
    FileRows(InputStream in, String name, ImportOptions options, Inbox inbox, ImportErrors errors) {
        this.name = name;
        this.errors = errors;
        this.inbox = inbox;
        this.header = header(in, options);
    }

    private HeaderSearch.Header header(InputStream in, ImportOptions options) {
        try {
            Records opened = FileFormat.open(in, name, options);
            records = opened;
            HeaderSearch.Header found = HeaderSearch.find(opened, name, options.columns(), errors);
            lastLine = Math.max(1, found.line());
            return found;
        } catch (UnreadableRow e) {
            unreadable(e);
        } catch (IOException | UncheckedIOException e) {
            unreadable(e);
        }
        return new HeaderSearch.Header(Columns.NONE, 0);
    }

    /** The names of the columns that mean nothing here. */
    List<String> ignoredColumns() {
        return header.columns().ignored();
    }

    /** In one line, how the file was read; empty if no header was found. */
    String understood() {
        return header.line() == 0
                ? ""
                : "Understood as: " + (records == null ? format : records.format()) + ", header in line "
                        + header.line() + "; " + header.columns().understood() + ".";
    }

    /** How many of the rows that were read are not shown by the program that the file is from. */
    long hiddenRows() {
        return hiddenRows;
    }

    /** The next rows without a fault; none at the end of the file, or when there are errors enough. */
    List<FileRow> next(int most) {
        List<FileRow> rows = new ArrayList<>(most);
        while (rows.size() < most && !errors.areEnough()) {
            Records from = records;
            FileRecord record = nextRecord();
            if (record == null || from == null) {
                break;
            }
            row(record, from).ifPresent(rows::add);
        }
        return rows;
    }

    private @Nullable FileRecord nextRecord() {
        try {
            FileRecord record = records == null ? null : records.next();
            lastLine = record == null ? lastLine : record.line();
            if (record == null && records != null) {
                cutNumbers.addTo(errors);
                end();
            }
            return record;
        } catch (UnreadableRow e) {
            unreadable(e);
        } catch (UncheckedIOException | IOException e) {
            unreadable(e);
        }
        return null;
    }

    private Optional<FileRow> row(FileRecord record, Records from) {
        int width = header.columns().count();
        FileRecord row =
                new FileRecord(record.line(), fitted(record.fields(), width, from.endsWithLastValue()), record.links());
        int count = row.fields().size();
        hiddenRows += from.isHidden(record.line()) ? 1 : 0;
        if (count != width) {
            String wayOut = count > width ? "; " + from.tooManyFields() : "";
            String why = count < width && row.isAllInOne() ? "; it " + from.allInOne() : wayOut;
            errors.add(
                    record.line(),
                    "has " + count + (count == 1 ? " field" : " fields") + " and the header " + width + why);
            return Optional.empty();
        }
        Optional<FileRow> fit = FileRow.of(row, header.columns(), inbox, errors);
        fit.ifPresent(request -> noteNumbers(row, request));
        return fit;
    }

    private void noteNumbers(FileRecord row, FileRow fit) {
        Map.of(
                        Column.PARENT,
                        fit.request().parent(),
                        Column.DUPLICATE,
                        fit.request().duplicate())
                .forEach((column, id) -> {
                    Columns columns = header.columns();
                    boolean isNumber =
                            SpreadsheetId.in(columns.text(column, row.fields())).equals(id);
                    if (isNumber && columns.link(column, row).isEmpty()) {
                        cutNumbers.saw(column, row.line(), id);
                    }
                });
    }

    /** The fields of a row without empty ones behind the last column; {@code isOpen} adds those that it leaves out. */
    private static List<String> fitted(List<String> fields, int width, boolean isOpen) {
        int end = fields.size();
        while (end > width && SpreadsheetId.bare(fields.get(end - 1)).isEmpty()) {
            end--;
        }
        List<String> fitted = new ArrayList<>(fields.subList(0, end));
        fitted.addAll(Collections.nCopies(isOpen ? Math.max(0, width - end) : 0, ""));
        return fitted;
    }

    /** It is unknown where the next row begins, so the rest of the file is not read. */
    private void unreadable(UnreadableRow row) {
        errors.add(row.line(), String.valueOf(row.getMessage()));
        end();
    }

    private void unreadable(Exception e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        if (!(cause instanceof WrongEncoding)) {
            throw new ConfigurationProblem(name + " cannot be read: " + cause.getMessage() + "; nothing was added");
        }
        errors.add(lastLine, String.valueOf(cause.getMessage()));
        end();
    }

    private void end() {
        format = records == null ? format : records.format();
        records = null;
    }
}
