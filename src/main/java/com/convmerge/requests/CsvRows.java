package com.convmerge.requests;

import com.convmerge.merge.ConfigurationProblem;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The rows of a CSV file, one after the other. What is wrong with a row goes to the faults, and the row is left out. */
final class CsvRows {
    /** In characters; a quote that is never closed would swallow the file and the memory. */
    private static final int LONGEST_FIELD = 1_000_000;

    private static final Pattern LINE_IN_MESSAGE = Pattern.compile(" ?\\(?[Rr]ecord starting at line (\\d+)\\)?");

    private final String name;
    private final ImportErrors faults;
    private final CsvColumns columns;
    private Iterator<CsvRecord> records;
    private long lastLine = 1;

    /**
     * Reads the header.
     *
     * @param name of the file, for messages
     */
    CsvRows(InputStream in, String name, ImportErrors faults) {
        this.name = name;
        this.faults = faults;
        this.records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(new Utf8Reader(in))
                .iterator();
        CsvRecord header = nextRecord();
        if (header == null && !faults.any()) {
            throw new ConfigurationProblem(name + " is empty; expected " + CsvColumns.EXPECTED);
        }
        this.columns = header == null
                ? CsvColumns.NONE
                : CsvColumns.of(header.getFields(), header.getStartingLineNumber(), faults);
    }

    /** The names of the columns that mean nothing here. */
    List<String> ignoredColumns() {
        return columns.ignored();
    }

    /** The next rows without a fault; none at the end of the file, or when there are faults enough. */
    List<CsvRow> next(int most) {
        List<CsvRow> rows = new ArrayList<>(most);
        while (rows.size() < most && !faults.areEnough()) {
            CsvRecord record = nextRecord();
            if (record == null) {
                break;
            }
            row(record).ifPresent(rows::add);
        }
        return rows;
    }

    /** The next line that is not blank, also if a spreadsheet wrote it as commas only. */
    private @Nullable CsvRecord nextRecord() {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                lastLine = record.getStartingLineNumber();
                if (!record.getFields().stream().allMatch(String::isBlank)) {
                    return record;
                }
            }
        } catch (CsvParseException e) {
            notCsv(e);
        } catch (UncheckedIOException e) {
            unreadable(e);
        }
        return null;
    }

    private Optional<CsvRow> row(CsvRecord record) {
        int count = record.getFieldCount();
        if (count != columns.count()) {
            faults.add(
                    lastLine,
                    "has " + count + (count == 1 ? " field" : " fields") + " and the header " + columns.count()
                            + (count > columns.count() ? "; a value with a comma needs double quotes around it" : ""));
            return Optional.empty();
        }
        return CsvRow.of(record.getFields(), columns, lastLine, faults);
    }

    /** Nobody can tell where the next row would begin: what follows is not read. */
    private void notCsv(CsvParseException e) {
        if (e.getCause() != null) {
            throw e;
        }
        String message = String.valueOf(e.getMessage());
        Matcher line = LINE_IN_MESSAGE.matcher(message);
        faults.add(
                line.find() ? Long.parseLong(line.group(1)) : lastLine,
                "is not CSV: " + message.replaceFirst(LINE_IN_MESSAGE.pattern(), ""));
        records = Collections.emptyIterator();
    }

    private void unreadable(UncheckedIOException e) {
        if (!(e.getCause() instanceof Utf8Reader.NotUtf8 notUtf8)) {
            throw new ConfigurationProblem(name + " cannot be read: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage() + "; nothing was added");
        }
        faults.add(notUtf8.line(), String.valueOf(notUtf8.getMessage()));
        records = Collections.emptyIterator();
    }
}
