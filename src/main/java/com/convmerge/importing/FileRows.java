package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The rows of a file, one after the other. What is wrong with a row goes to the errors, and the row is left out. */
final class FileRows {
    private static final Pattern LINE_IN_MESSAGE = Pattern.compile(" ?\\(?[Rr]ecord starting at line (\\d+)\\)?");

    private final String name;
    private final ImportErrors errors;
    private final Inbox inbox;
    private final HeaderSearch.Header header;
    private @Nullable Records records;
    private String format = "";
    private long lastLine = 1;

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
        } catch (CsvParseException e) {
            notCsv(e);
        } catch (IOException | UncheckedIOException | ExcelReaderException e) {
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

    /** The next rows without a fault; none at the end of the file, or when there are errors enough. */
    List<FileRow> next(int most) {
        List<FileRow> rows = new ArrayList<>(most);
        while (rows.size() < most && !errors.areEnough()) {
            FileRecord record = nextRecord();
            if (record == null) {
                break;
            }
            row(record).ifPresent(rows::add);
        }
        return rows;
    }

    private @Nullable FileRecord nextRecord() {
        try {
            FileRecord record = records == null ? null : records.next();
            lastLine = record == null ? lastLine : record.line();
            return record;
        } catch (CsvParseException e) {
            notCsv(e);
        } catch (IOException | UncheckedIOException | ExcelReaderException e) {
            unreadable(e);
        }
        return null;
    }

    private Optional<FileRow> row(FileRecord record) {
        int width = header.columns().count();
        List<String> fields =
                records != null && records.endsWithLastValue() ? filled(record.fields(), width) : record.fields();
        int count = fields.size();
        if (count != width) {
            String wayOut = records == null ? "" : "; " + records.tooManyFields();
            errors.add(
                    lastLine,
                    "has " + count + (count == 1 ? " field" : " fields") + " and the header " + width
                            + (count > width ? wayOut : ""));
            return Optional.empty();
        }
        return FileRow.of(new FileRecord(record.line(), fields, record.links()), header.columns(), inbox, errors);
    }

    /** The fields of a row that ends with its last value, with those that it leaves out. */
    private static List<String> filled(List<String> fields, int width) {
        int end = fields.size();
        while (end > width && fields.get(end - 1).isBlank()) {
            end--;
        }
        List<String> filled = new ArrayList<>(fields.subList(0, end));
        filled.addAll(Collections.nCopies(Math.max(0, width - end), ""));
        return filled;
    }

    /** It is unknown where the next row begins, so the rest of the file is not read. */
    private void notCsv(CsvParseException e) {
        if (e.getCause() != null) {
            throw e;
        }
        String message = String.valueOf(e.getMessage());
        Matcher line = LINE_IN_MESSAGE.matcher(message);
        errors.add(
                line.find() ? Long.parseLong(line.group(1)) : lastLine,
                "is not CSV: " + message.replaceFirst(LINE_IN_MESSAGE.pattern(), ""));
        end();
    }

    private void unreadable(Exception e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        if (e instanceof ExcelReaderException) {
            throw new ConfigurationProblem(name + " is damaged, or no .xlsx file that can be read; nothing was added");
        }
        if (!(cause instanceof CharacterCodingException)) {
            throw new ConfigurationProblem(name + " cannot be read: " + cause.getMessage() + "; nothing was added");
        }
        // The decoder does not say where it stands, and has read a little further than the last row.
        errors.add(
                lastLine,
                "is not "
                        + (records == null
                                ? "in its encoding"
                                : records.format().replaceFirst(",.*", ""))
                        + ", or a line soon after it is not; save the file as UTF-8, or say what it is, such as:"
                        + " --encoding windows-1252");
        end();
    }

    private void end() {
        format = records == null ? "" : records.format();
        records = null;
    }
}
