package com.convmerge.importing;

import com.convmerge.merge.OneLine;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a text whose fields are separated by a character, which it finds out from the beginning. */
final class CsvRecords implements Records {
    /** In characters. Without a limit a quote that is never closed would read the whole file into memory. */
    static final int LONGEST_FIELD = 1_000_000;

    private static final int LOOKED_AT = 64 * 1024;
    static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** Excel's way to say it, in a line of its own. */
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("\"?sep=(.)\"?[,;\t| ]*(?:\r\n|\r|\n|$)", Pattern.CASE_INSENSITIVE);

    private final TextReader text;
    private final char separator;
    private final long skippedLines;
    private final Iterator<CsvRecord> records;
    private long lastLine = 1;

    CsvRecords(InputStream in, ImportOptions options) throws IOException {
        this.text = new TextReader(in, options.encoding());
        BufferedReader reader = new BufferedReader(text, LOOKED_AT);
        String start = look(reader);
        Matcher said = SEPARATOR_LINE.matcher(start);
        boolean isSaid = said.lookingAt();
        if (isSaid) {
            reader.skip(said.end());
        }
        this.skippedLines = isSaid ? 1 : 0;
        this.separator = isSaid ? said.group(1).charAt(0) : separatorOf(start, options.columns());
        this.records = csv(reader, separator, false).iterator();
    }

    private static String look(BufferedReader reader) throws IOException {
        reader.mark(LOOKED_AT);
        char[] start = new char[LOOKED_AT];
        int length = 0;
        int read = reader.read(start, 0, LOOKED_AT);
        while (read > 0) {
            length += read;
            read = length < LOOKED_AT ? reader.read(start, length, LOOKED_AT - length) : -1;
        }
        reader.reset();
        return new String(start, 0, length);
    }

    /** The separator that makes a header of one of the first lines; without one, that which separates most. */
    private static char separatorOf(String start, ColumnChoices choices) {
        Comparator<Character> byTitles = Comparator.comparingLong(separator -> first(start, separator).stream()
                .mapToLong(row -> HeaderSearch.likeness(row, choices))
                .max()
                .orElse(0));
        Comparator<Character> byWidth = Comparator.comparingLong(separator -> first(start, separator).stream()
                .filter(row -> row.fields().size() > 1)
                .count());
        // Of equals the later one counts as the maximum, so the most frequent one comes last.
        List<Character> candidates = new ArrayList<>(SEPARATORS);
        Collections.reverse(candidates);
        char best = candidates.get(0);
        for (char candidate : candidates) {
            best = byTitles.thenComparing(byWidth).compare(candidate, best) >= 0 ? candidate : best;
        }
        return best;
    }

    private static List<FileRecord> first(String start, char separator) {
        List<FileRecord> rows = new ArrayList<>();
        try {
            for (CsvRecord record : csv(new StringReader(start), separator, true)) {
                FileRecord row = new FileRecord(record.getStartingLineNumber(), record.getFields());
                if (!row.isBlank()) {
                    rows.add(row);
                }
                if (rows.size() == HeaderSearch.ROWS) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            // What comes before it may be enough; if this is the separator, the fault is found again and told.
            return rows;
        }
        return rows;
    }

    private static CsvReader<CsvRecord> csv(Reader text, char separator, boolean mayBeCut) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(mayBeCut)
                .trimWhitespacesAroundQuotes(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text);
    }

    /** The next line that is not blank, also if a spreadsheet wrote it as separators only. */
    @Override
    public @Nullable FileRecord next() {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                lastLine = record.getStartingLineNumber() + skippedLines;
                FileRecord row = new FileRecord(lastLine, record.getFields());
                if (!row.isBlank()) {
                    return row;
                }
            }
            return null;
        } catch (CsvParseException e) {
            if (e.getCause() != null) {
                throw e;
            }
            throw CsvFaults.of(e, lastLine, skippedLines);
        }
    }

    @Override
    public boolean endsWithLastValue() {
        return false;
    }

    @Override
    public String format() {
        return Encodings.name(text.charset()) + ", separated by " + shown();
    }

    @Override
    public String tooManyFields() {
        return "a value with " + (separator == ',' ? "a comma" : separator == '\t' ? "a tab" : shown())
                + " needs double quotes around it";
    }

    @Override
    public String allInOne() {
        return "is in double quotes as a whole, so that it is one value; save the file as CSV again, or take away the"
                + " quotes around the whole lines";
    }

    @Override
    public String oneColumn() {
        return "is one column, as nothing separates its values; write a comma, a semicolon, a tab or | between them";
    }

    private String shown() {
        return separator == '\t' ? "tabs" : "\"" + OneLine.exact(String.valueOf(separator)) + "\"";
    }
}
