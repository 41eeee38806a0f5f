package com.convmerge.importing;

import com.convmerge.merge.ConfigurationProblem;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The rows of a CSV file, one after the other. What is wrong with a row goes to the errors, and the row is left out. */
final class CsvRows {
    /** In characters. Without a limit a quote that is never closed would read the whole file into memory. */
    private static final int LONGEST_FIELD = 1_000_000;

    private static final Pattern LINE_IN_MESSAGE = Pattern.compile(" ?\\(?[Rr]ecord starting at line (\\d+)\\)?");

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final ImportErrors errors;
    private final CsvColumns columns;
    private Iterator<CsvRecord> records = Collections.emptyIterator();
    private long lastLine = 1;

    /**
     * Reads the header.
     *
     * @param name of the file, for messages
     */
    CsvRows(InputStream in, String name, ImportErrors errors) {
        this.name = name;
        this.errors = errors;
        this.records = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(withoutByteOrderMark(new InputStreamReader(in, strictUtf8())))
                .iterator();
        CsvRecord header = nextRecord();
        if (header == null && !errors.any()) {
            throw new ConfigurationProblem(name + " is empty; expected " + CsvColumns.EXPECTED);
        }
        this.columns = header == null
                ? CsvColumns.NONE
                : CsvColumns.of(header.getFields(), header.getStartingLineNumber(), errors);
    }

    /** The names of the columns that mean nothing here. */
    List<String> ignoredColumns() {
        return columns.ignored();
    }

    /** The next rows without a fault; none at the end of the file, or when there are errors enough. */
    List<CsvRow> next(int most) {
        List<CsvRow> rows = new ArrayList<>(most);
        while (rows.size() < most && !errors.areEnough()) {
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
            errors.add(
                    lastLine,
                    "has " + count + (count == 1 ? " field" : " fields") + " and the header " + columns.count()
                            + (count > columns.count() ? "; a value with a comma needs double quotes around it" : ""));
            return Optional.empty();
        }
        return CsvRow.of(record.getFields(), columns, lastLine, errors);
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
        records = Collections.emptyIterator();
    }

    private void unreadable(UncheckedIOException e) {
        if (!(e.getCause() instanceof CharacterCodingException)) {
            throw new ConfigurationProblem(name + " cannot be read: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage() + "; nothing was added");
        }
        // The decoder does not say where it stands, and has read a little further than the last row.
        errors.add(lastLine, "is not UTF-8, or a line soon after it is not; save the file as UTF-8");
        records = Collections.emptyIterator();
    }

    /** Spreadsheets write the mark before UTF-8. */
    private Reader withoutByteOrderMark(Reader file) {
        BufferedReader reader = new BufferedReader(file);
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            unreadable(new UncheckedIOException(e));
            return Reader.nullReader();
        }
    }

    /** Reports what is not UTF-8, which the default would replace. */
    private static CharsetDecoder strictUtf8() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
